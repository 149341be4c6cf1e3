import { GenerateContentResponse, MediaModality } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { addUsage, noUsage, openAccount, readUsage } from './usage.ts';

describe('readUsage', () => {
  it.each([
    undefined,
    {},
    { promptTokenCount: Number.NaN, candidatesTokenCount: -4 },
    { thoughtsTokenCount: -4, cachedContentTokenCount: Number.NaN },
  ])('reads %o as no tokens', (metadata) => {
    expect(readUsage(metadata, 'text')).toEqual(noUsage());
  });

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
    const details = [{ modality: MediaModality.DOCUMENT, tokenCount: 74 }];
    const output = { candidatesTokenCount: 75, candidatesTokensDetails: details };
    expect(readUsage(output, 'speech').output).toEqual({ audio: 75 });
  });

  it('believes no count that is larger than any request can be', () => {
    const { input, thoughts } = readUsage({ promptTokenCount: 1e15, thoughtsTokenCount: 1e15 }, 'text');
    expect({ input, thoughts }).toEqual({ input: { text: 10_000_000 }, thoughts: 10_000_000 });
  });
});

it('an account keeps the names of model and reply only if they look like names', () => {
  const account = openAccount({
    kind: 'text',
    model: 'gemini-3.8-flash',
    redact: (text) => text.replaceAll('the-key', '[redacted]'),
    now: () => 0,
  });
  const reply = (names: Partial<GenerateContentResponse>) => Object.assign(new GenerateContentResponse(), names);
  account.add(reply({ modelVersion: 'gemini-3.8-flash-001', responseId: 'reply-1' }));
  account.add(reply({ modelVersion: 'x'.repeat(300), responseId: '<b>' }));
  account.add(reply({ modelVersion: 'gemini/the-key', responseId: 'the-key' }));
  expect(account.facts().modelVersion).toBe('gemini-3.8-flash-001');
  expect(account.facts()).not.toHaveProperty('responseId');
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
