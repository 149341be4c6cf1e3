import { describe, expect, it } from 'vitest';
import type { TokenUsage } from './ports.ts';
import { costInUsd } from './prices.ts';
import { PRICES } from './priceTable.ts';

const MILLION = 1_000_000;
const NOVEMBER = new Date('2026-11-20T12:00:00Z');
const NEW_YEAR = new Date('2027-01-01T00:00:00Z');

function usage(parts: Partial<TokenUsage>): TokenUsage {
  return { input: {}, cachedInput: 0, output: {}, thoughts: 0, ...parts };
}

describe('costInUsd', () => {
  it.each(['gemini-9-flash', 'gemini-3.8-flash-lite', 'gemini-3.8-flashy', '', 'gpt', 'gemini-3'])(
    'knows no price for %s',
    (version) => {
      expect(costInUsd(version, usage({ input: { text: MILLION } }), NOVEMBER)).toBeNull();
    },
  );

  it('knows no price for a day without a row', () => {
    expect(costInUsd('gemini-2.5-pro', usage({}), NOVEMBER)).toBeNull();
    expect(costInUsd('gemini-2.5-pro', usage({ input: { text: MILLION } }), new Date('2026-12-01'))).toBeCloseTo(0.75);
  });

  it('adds input, output and thinking', () => {
    const tokens = usage({ input: { text: MILLION }, output: { text: MILLION }, thoughts: MILLION });
    expect(costInUsd('gemini-3.8-flash', tokens, NOVEMBER)).toBeCloseTo(0.75 + 3.75 + 3.75);
  });

  it('takes a tenth for cached input, and caps that at the input', () => {
    const half = usage({ input: { text: MILLION }, cachedInput: MILLION / 2 });
    expect(costInUsd('gemini-3.8-flash', half, NOVEMBER)).toBeCloseTo(0.375 + 0.0375);
    const tooMany = usage({ input: { text: MILLION }, cachedInput: 5 * MILLION });
    expect(costInUsd('gemini-3.8-flash', tooMany, NOVEMBER)).toBeCloseTo(0.075);
  });

  it.each(['gemini-3.8-flash-001', 'models/gemini-3.8-flash', 'gemini-3.8-flash-preview-09-2026'])(
    'recognises %s',
    (version) => {
      expect(costInUsd(version, usage({ input: { text: MILLION } }), NOVEMBER)).toBeCloseTo(0.75);
    },
  );

  it('changes prices with the new year, to the second', () => {
    const tokens = usage({ input: { text: MILLION }, output: { audio: MILLION } });
    expect(costInUsd('gemini-3.8-flash-tts', tokens, new Date('2026-12-31T23:59:59Z'))).toBeCloseTo(9.5);
    expect(costInUsd('gemini-3.8-flash-tts', tokens, NEW_YEAR)).toBeCloseTo(19);
    expect(costInUsd('gemini-3.8-flash', usage({ output: { text: MILLION } }), NEW_YEAR)).toBeCloseTo(7.5);
  });

  it('prices images by their tokens', () => {
    const image = usage({ input: { text: 0, image: 0 }, output: { image: 1_120 } });
    expect(costInUsd('gemini-nano-banana-2.1', image, NOVEMBER)).toBeCloseTo(0.0336);
    expect(costInUsd('gemini-2.5-flash-image', usage({ output: { image: 1_290 } }), NOVEMBER)).toBeCloseTo(0.0387);
  });

  it('prices thinking of a speech model as speech', () => {
    expect(costInUsd('gemini-2.5-flash-preview-tts', usage({ thoughts: MILLION }), NOVEMBER)).toBeCloseTo(10);
  });

  it('has other rates for requests that are longer than the limit', () => {
    const long = usage({ input: { text: 300_000 }, output: { text: 100_000 } });
    expect(costInUsd('gemini-3.1-pro-preview', long, NOVEMBER)).toBeCloseTo(1.2 + 1.8);
    const atTheLimit = usage({ input: { text: 200_000 } });
    expect(costInUsd('gemini-3.1-pro-preview', atTheLimit, NOVEMBER)).toBeCloseTo(0.4);
  });

  it('counts input of every modality', () => {
    const mixed = usage({ input: { text: MILLION, image: 2 * MILLION } });
    expect(costInUsd('gemini-3.8-flash', mixed, NOVEMBER)).toBeCloseTo(3 * 0.75);
  });

  it('prices thinking of an image model as text, and output without a rate at the highest', () => {
    expect(costInUsd('gemini-nano-banana-2.1', usage({ thoughts: MILLION }), NOVEMBER)).toBeCloseTo(7.5);
    expect(costInUsd('gemini-nano-banana-2.1', usage({ output: { audio: MILLION } }), NOVEMBER)).toBeCloseTo(30);
  });
});

describe('the price table', () => {
  it('has one price per model and day', () => {
    for (const day of ['2026-11-20', '2026-12-01', '2026-12-31', '2027-01-01']) {
      const models = PRICES.filter((row) => (row.validFrom ?? day) <= day && day <= (row.validTo ?? day)).map(
        (row) => row.model,
      );
      expect(models.toSorted()).toEqual([...new Set(models)].toSorted());
    }
  });
});
