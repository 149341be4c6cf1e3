import type { ModelKind } from '../../models/ports.ts';

/** Text model of the product's design; {@link GeminiSettings.textModel} overrides it. */
export const DEFAULT_TEXT_MODEL = 'gemini-3.8-flash';

/** Image model of the product's design: takes up to fourteen reference images, answers with JPEG. */
export const DEFAULT_IMAGE_MODEL = 'gemini-nano-banana-2.1';

/** Speech model that the product's requirements name: one or two voices, raw PCM at 24 kHz. */
export const DEFAULT_TTS_MODEL = 'gemini-2.5-flash-preview-tts';

/** Google's own address. Passed explicitly, or the SDK would look for one in the environment. */
export const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';

/** Milliseconds one request may take. The service itself cuts off after ten minutes; guesses, to be set per need. */
export const DEFAULT_TIMEOUTS: Readonly<Record<ModelKind, number>> = {
  text: 600_000,
  image: 300_000,
  speech: 180_000,
};

/** How often and how long a call is tried. */
export interface RetrySettings {
  /** Requests in all that may meet a broken service or network. */
  attempts: number;
  /** Times the service may ask for less load. */
  throttles: number;
  /** Further requests after empty replies. Each is billed. */
  emptyReplies: number;
  /** Milliseconds of the first wait; each further one doubles. */
  baseDelayMs: number;
  /** Milliseconds of the longest wait, unless the service asks for a longer one. */
  maxDelayMs: number;
  /** Milliseconds that a call may take in all, waits included. */
  deadlineMs: number;
}

export const DEFAULT_RETRY: RetrySettings = {
  attempts: 5,
  throttles: 10,
  emptyReplies: 2,
  baseDelayMs: 1_000,
  maxDelayMs: 60_000,
  deadlineMs: 1_200_000,
};

/** What the adapter is told by whoever composes the program; it never looks into the environment itself. */
export interface GeminiSettings {
  apiKey: string;
  /** Address of a proxy or of a server for tests, without the API version. */
  baseUrl?: string | undefined;
  textModel: string;
  imageModel: string;
  ttsModel: string;
  /** Longer edge class of images, as in "1K" or "2K". */
  imageSize?: string | undefined;
  timeouts?: Partial<Record<ModelKind, number>> | undefined;
  retry?: Partial<RetrySettings> | undefined;
  /** Waits, or rejects as soon as the signal aborts. */
  sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** A number from 0 up to 1, for the jitter of waits. */
  random?: (() => number) | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
}
