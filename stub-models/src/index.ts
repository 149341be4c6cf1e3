import type { CallFacts, ModelKind, Models } from '@story-tree/agent-backend';
import { simulateLatency, streamText } from './latency.ts';
import type { SyntheticStory } from './replies/index.ts';
import { type StubSettings, syntheticSize } from './settings.ts';
import { planTree } from './synthetic/plan.ts';

export { SAMPLE_PROMPT, SAMPLE_TITLE } from './sample/constitution.ts';
export type { StubSettings } from './settings.ts';
export { stubMeasures } from './storyMeasures.ts';

/** The model ids that the stub reports, and that the journal records for its calls. */
export const STUB_MODEL_IDS: Readonly<Record<ModelKind, string>> = {
  text: 'stub-text',
  image: 'stub-image',
  speech: 'stub-speech',
};

/** The speech of a synthetic story is meant to be counted, not listened to. */
const SYNTHETIC_SPEECH_SECONDS = 1;

function factsOf(kind: ModelKind, latencyMs: number): CallFacts {
  const usage = { input: {}, cachedInput: 0, output: {}, thoughts: 0 };
  return { modelVersion: STUB_MODEL_IDS[kind], usage, attempts: 1, latencyMs };
}

/**
 * Models without a service: they tell the sample story, or a synthetic one of a given size, and draw and speak whatever they
 * are asked to. A reply depends only on its request and the settings.
 *
 * @throws StoryTreeError `invalid_input` for settings out of range; calls throw `cancelled` when aborted
 */
export function createStubModels(settings: StubSettings = {}): Models {
  const size = syntheticSize(settings);
  const story: SyntheticStory | null = size === null ? null : { size, plan: planTree(size) };
  const latencyMs = settings.latencyMs ?? 0;

  return {
    modelId: (kind) => STUB_MODEL_IDS[kind],

    async text(request, { signal, onText }) {
      await simulateLatency(latencyMs, signal);
      // Replies, painter and voice are loaded with their first call: most programs that load the stub never make one.
      const { replyTo } = await import('./replies/index.ts');
      const text = JSON.stringify(replyTo(request, story));
      if (onText) await streamText(text, onText, signal);
      return { text, facts: factsOf('text', latencyMs) };
    },

    async image(request, { signal }) {
      await simulateLatency(latencyMs, signal);
      const { paint } = await import('./painter/index.ts');
      const bytes = await paint(request, story === null ? 'full' : 'sketch');
      return { bytes, mimeType: 'image/png', facts: factsOf('image', latencyMs) };
    },

    async speech(request, { signal }) {
      await simulateLatency(latencyMs, signal);
      const { SPEECH_MIME_TYPE, speak } = await import('./voice/index.ts');
      const bytes = speak(request, story === null ? undefined : SYNTHETIC_SPEECH_SECONDS);
      return { bytes, mimeType: SPEECH_MIME_TYPE, facts: factsOf('speech', latencyMs) };
    },
  };
}
