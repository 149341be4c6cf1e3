import type { ModelKind, Models } from '../../models/ports.ts';
import { type CallSettings, callModel, sleepUnlessAborted } from './call.ts';
import { createSend } from './client.ts';
import { planImage, planSpeech, planText } from './requests.ts';
import { DEFAULT_RETRY, type RetrySettings } from './retry.ts';

/** The default text model; {@link GeminiSettings.textModel} overrides it. */
export const DEFAULT_TEXT_MODEL = 'gemini-3.8-flash';

/** The default image model: takes up to fourteen reference images, answers with JPEG. */
export const DEFAULT_IMAGE_MODEL = 'gemini-nano-banana-2.1';

/** The default speech model: one or two voices, raw PCM at 24 kHz. */
export const DEFAULT_TTS_MODEL = 'gemini-2.5-flash-preview-tts';

/** Milliseconds that one request may take; estimates. The service itself cuts off after ten minutes. */
const DEFAULT_TIMEOUTS: Readonly<Record<ModelKind, number>> = {
  text: 600_000,
  image: 300_000,
  speech: 180_000,
};

/** The smallest size is the cheapest, and enough for the player's window. */
const DEFAULT_IMAGE_SIZE = '1K';

/** Passed in by the composition root; the adapter never reads the environment itself. */
export interface GeminiSettings {
  apiKey: string;
  /** Address of a proxy or a test server, without the API version. */
  baseUrl?: string | undefined;
  textModel: string;
  imageModel: string;
  ttsModel: string;
  /** Size class of images, such as "1K" or "2K". */
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

/**
 * Gemini's models over HTTP. Safe to share between any number of concurrent calls; no request is made yet.
 * @throws StoryTreeError `not_configured` for an unusable key or address
 */
export function createGeminiModels(settings: GeminiSettings): Models {
  const { textModel, imageModel, ttsModel, imageSize = DEFAULT_IMAGE_SIZE } = settings;
  const ids: Readonly<Record<ModelKind, string>> = { text: textModel, image: imageModel, speech: ttsModel };
  const shared = {
    apiKey: settings.apiKey.trim(),
    retry: { ...DEFAULT_RETRY, ...settings.retry },
    send: createSend(settings),
    sleep: settings.sleep ?? sleepUnlessAborted,
    random: settings.random ?? Math.random,
    // Unaffected when the system clock is set: deadlines depend on it.
    now: settings.now ?? (() => performance.timeOrigin + performance.now()),
  };
  const of = (kind: ModelKind): CallSettings => ({
    ...shared,
    kind,
    model: ids[kind],
    timeoutMs: settings.timeouts?.[kind] ?? DEFAULT_TIMEOUTS[kind],
  });

  return {
    modelId: (kind) => ids[kind],
    text: async (request, context) => {
      const { content, facts } = await callModel(planText(request, textModel, context.onText), of('text'), context);
      return { text: content, facts };
    },
    image: async (request, context) => {
      const { content, facts } = await callModel(planImage(request, imageModel, imageSize), of('image'), context);
      return { ...content, facts };
    },
    speech: async (request, context) => {
      const { content, facts } = await callModel(planSpeech(request, ttsModel), of('speech'), context);
      return { ...content, facts };
    },
  };
}
