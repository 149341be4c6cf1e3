import { MediaModality } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { addUsage, noUsage, readUsage } from './usage.ts';

describe('readUsage', () => {
  it.each([undefined, {}, { promptTokenCount: Number.NaN, candidatesTokenCount: -4 }])(
    'reads %o as no tokens',
    (metadata) => {
      expect(readUsage(metadata, 'text')).toEqual(noUsage());
    },
  );

  it('itemises by modality', () => {
    const metadata = {
      promptTokenCount: 600,
      promptTokensDetails: [
        { modality: MediaModality.TEXT, tokenCount: 84 },
        { modality: MediaModality.IMAGE, tokenCount: 516 },
      ],
      candidatesTokenCount: 1_290,
      candidatesTokensDetails: [{ modality: MediaModality.IMAGE, tokenCount: 1_290 }],
      cachedContentTokenCount: 50,
      thoughtsTokenCount: 12,
    };
    expect(readUsage(metadata, 'image')).toEqual({
      input: { text: 84, image: 516 },
      cachedInput: 50,
      output: { image: 1_290 },
      thoughts: 12,
    });
  });

  it.each([
    ['text', 'text'],
    ['image', 'image'],
    ['speech', 'audio'],
  ] as const)('counts what is not itemised as what a %s model makes', (kind, modality) => {
    const metadata = { promptTokenCount: 40, candidatesTokenCount: 75 };
    expect(readUsage(metadata, kind)).toMatchObject({ input: { text: 40 }, output: { [modality]: 75 } });
  });

  it('counts the rest of an incomplete list, and unknown modalities, as the main one', () => {
    const metadata = {
      promptTokenCount: 100,
      promptTokensDetails: [
        { modality: MediaModality.IMAGE, tokenCount: 60 },
        { modality: MediaModality.DOCUMENT, tokenCount: 10 },
        { tokenCount: 5 },
      ],
    };
    expect(readUsage(metadata, 'text').input).toEqual({ image: 60, text: 40 });
  });
});

it('addUsage adds up, modality by modality', () => {
  const one = { input: { text: 1, image: 2 }, cachedInput: 3, output: { text: 4 }, thoughts: 5 };
  const other = { input: { text: 10 }, cachedInput: 30, output: { audio: 40 }, thoughts: 50 };
  expect(addUsage(one, other)).toEqual({
    input: { text: 11, image: 2 },
    cachedInput: 33,
    output: { text: 4, audio: 40 },
    thoughts: 55,
  });
});
