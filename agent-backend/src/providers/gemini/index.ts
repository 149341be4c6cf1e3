import type { ModelKind, Models } from '../../models/ports.ts';
import { type CallSettings, callModel, sleepUnlessAborted } from './call.ts';
import { createSend } from './client.ts';
import { planImage } from './image.ts';
import { DEFAULT_RETRY, DEFAULT_TIMEOUTS, type GeminiSettings } from './settings.ts';
import { planSpeech } from './speech.ts';
import { planText } from './requests.ts';

export { DEFAULT_IMAGE_MODEL, DEFAULT_TEXT_MODEL, DEFAULT_TTS_MODEL, type GeminiSettings } from './settings.ts';

/** The smallest size is enough for a player's window, and the cheapest. */
const DEFAULT_IMAGE_SIZE = '1K';

/**
 * Gemini's models over HTTP. Safe to share between any number of concurrent calls.
 * @throws StoryTreeError `not_configured` for a key or an address that cannot be one; no request is made yet
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
    // Goes on evenly when the machine's clock is set: deadlines count by it.
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
