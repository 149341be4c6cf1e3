import type { ModelKind, Models } from '../../models/ports.ts';
import { type GeminiSettings, usableSettings } from './settings.ts';

export { DEFAULT_BASE_URL, type GeminiSettings } from './settings.ts';

/** The default text model; {@link GeminiSettings.textModel} overrides it. */
export const DEFAULT_TEXT_MODEL = 'gemini-3.8-flash';

/** The default image model: takes up to fourteen reference images, answers with JPEG. */
export const DEFAULT_IMAGE_MODEL = 'gemini-nano-banana-2.1';

/** The default speech model: one or two voices, raw PCM at 24 kHz. */
export const DEFAULT_TTS_MODEL = 'gemini-2.5-flash-preview-tts';

/**
 * Gemini's models over HTTP. Safe to share between any number of concurrent calls; no request is made yet.
 * @throws StoryTreeError `not_configured` for an unusable key or address
 */
export function createGeminiModels(settings: GeminiSettings): Models {
  const usable = usableSettings(settings);
  const { textModel, imageModel, ttsModel } = usable;
  const ids: Readonly<Record<ModelKind, string>> = { text: textModel, image: imageModel, speech: ttsModel };
  let connected: Promise<Omit<Models, 'modelId'>> | undefined;
  const connect = () => {
    // Loaded with the first call: the SDK takes longer to load than most programs take that never call a real model.
    connected ??= import('./connectedModels.ts').then(({ connectModels }) => connectModels(usable));
    return connected;
  };

  return {
    modelId: (kind) => ids[kind],
    text: async (request, context) => (await connect()).text(request, context),
    image: async (request, context) => (await connect()).image(request, context),
    speech: async (request, context) => (await connect()).speech(request, context),
  };
}
