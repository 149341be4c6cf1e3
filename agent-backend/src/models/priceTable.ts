import type { Modality } from './ports.ts';

/** US dollars per million tokens. */
export interface Rates {
  input: number;
  /** Thinking is billed as text, or, where a model writes none, as what it makes. */
  output: Partial<Record<Modality, number>>;
}

/** What one model costs during one stretch of time. Days are UTC and inclusive; a missing one means no known bound. */
export interface Price extends Rates {
  model: string;
  validFrom?: string;
  validTo?: string;
  /** Other rates for requests with more input than so many tokens. */
  beyond?: Rates & { inputTokens: number };
}

/** Gemini's introductory prices of 2026 end with the year. */
const LAST_DAY = '2026-12-31';
const STEP = '2027-01-01';

/** From this day on requests to the 2.5 text models are answered by newer ones, at the newer ones' prices. */
const REROUTED = '2026-12-01';

/** Standard tier, paid, as collected on 2026-11-20. None was checked against an invoice. */
export const PRICES: readonly Price[] = [
  // Text models: Google's pricing page as copied on 2026-10-07.
  { model: 'gemini-3.8-flash', validTo: LAST_DAY, input: 0.75, output: { text: 3.75 } },
  { model: 'gemini-3.8-flash', validFrom: STEP, input: 1.5, output: { text: 7.5 } },
  { model: 'gemini-3.5-flash-lite', input: 0.3, output: { text: 2.5 } },
  {
    model: 'gemini-3.1-pro',
    input: 2,
    output: { text: 12 },
    beyond: { inputTokens: 200_000, input: 4, output: { text: 18 } },
  },
  { model: 'gemini-2.5-flash', input: 0.3, output: { text: 2.5 } },
  { model: 'gemini-2.5-pro', validFrom: REROUTED, validTo: LAST_DAY, input: 0.75, output: { text: 3.75 } },
  { model: 'gemini-2.5-pro', validFrom: STEP, input: 1.5, output: { text: 7.5 } },

  // A 1K image is 1,120 tokens here, $0.0336; two independent reports agree.
  { model: 'gemini-nano-banana-2.1', input: 1.5, output: { text: 7.5, image: 30 } },
  { model: 'gemini-3-pro-image', input: 2, output: { text: 12, image: 120 } },
  // Reported by users, not seen on the pricing page.
  { model: 'gemini-3.1-flash-image', input: 0.5, output: { text: 3, image: 60 } },
  { model: 'gemini-3.1-flash-lite-image', input: 0.25, output: { text: 1.5, image: 30 } },
  // 1,290 tokens an image, $0.039.
  { model: 'gemini-2.5-flash-image', input: 0.3, output: { text: 2.5, image: 30 } },

  // From the open price list genai-prices, 0.1.8.
  { model: 'gemini-2.5-flash-preview-tts', input: 0.5, output: { audio: 10 } },
  // From the price list of litellm, which also announces that both double with the new year.
  { model: 'gemini-3.8-flash-tts', validTo: LAST_DAY, input: 0.5, output: { audio: 9 } },
  { model: 'gemini-3.8-flash-tts', validFrom: STEP, input: 1, output: { audio: 18 } },
  { model: 'gemini-3.8-flash-lite-tts', validTo: LAST_DAY, input: 0.5, output: { audio: 6 } },
  { model: 'gemini-3.8-flash-lite-tts', validFrom: STEP, input: 1, output: { audio: 12 } },
];
