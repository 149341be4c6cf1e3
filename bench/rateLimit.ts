import { type ModelKind, slotCounts } from '@story-tree/agent-backend';
import {
  createGeminiModels,
  DEFAULT_IMAGE_MODEL,
  DEFAULT_TEXT_MODEL,
  DEFAULT_TTS_MODEL,
} from '@story-tree/agent-backend/gemini';
import { PNG } from '@story-tree/agent-backend/testing';
import { type FaultRule, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { type BenchRow, seconds } from './measure.ts';
import { withBenchStory } from './pipeline/benchStory.ts';

/** Requests per second for each kind of model, saved up for one second at most. Real quotas differ between kinds, too. */
const PER_SECOND: Readonly<Record<ModelKind, number>> = { text: 8, image: 4, speech: 8 };
const LATENCY_MS = 200;
const CONCURRENCY = 8;
const STORY = { sceneletCount: 40, shotsPerScenelet: 3, branching: 3 };

/** A story made over the wire, by a service that refuses requests beyond its quota and says when to retry. */
export function rateLimitedRow(): BenchRow {
  return {
    name: `pipeline with overlap, ${CONCURRENCY} at once, pictures limited to ${PER_SECOND.image} a second`,
    baseline: 'pictures ÷ allowed rate',
    bar: 1.5,
    round,
  };
}

async function round(): Promise<number> {
  const fromStub = answerFromStub(STORY);
  const quotas = createQuotas();
  const server = await startGeminiServer({
    latencyMs: LATENCY_MS,
    faults: quotas.rules,
    answer(call) {
      if (call.kind === 'image') return { bytes: PNG, mimeType: 'image/png' };
      if (call.kind === 'speech') return { bytes: new Uint8Array(480), mimeType: 'audio/L16;codec=pcm;rate=24000' };
      return fromStub(call);
    },
  });
  const models = createGeminiModels({
    apiKey: 'any',
    baseUrl: server.baseUrl,
    textModel: DEFAULT_TEXT_MODEL,
    imageModel: DEFAULT_IMAGE_MODEL,
    ttsModel: DEFAULT_TTS_MODEL,
    // Everything is ten times as fast as with the real service.
    retry: { baseDelayMs: 100, maxDelayMs: 6_000 },
  });
  try {
    const taken = await withBenchStory({ models, slots: slotCounts(CONCURRENCY, CONCURRENCY) }, ({ workflow }) =>
      seconds(() => workflow.runAllTasks({ overlap: true })),
    );
    return taken / (quotas.granted('image') / PER_SECOND.image);
  } finally {
    await server.close();
  }
}

/** Refuses requests that come too fast, per kind of model, with the time until there is quota again. */
function createQuotas() {
  const states = Object.fromEntries(
    Object.entries(PER_SECOND).map(([kind, rate]) => [kind, { tokens: rate, at: performance.now(), granted: 0 }]),
  );
  const rules = (Object.keys(PER_SECOND) as ModelKind[]).map((kind): FaultRule => {
    const rate = PER_SECOND[kind];
    return {
      fault: 'rate-limited',
      on: kind,
      retryAfterS: 1 / rate,
      when() {
        const state = states[kind];
        if (state === undefined) return false;
        const now = performance.now();
        state.tokens = Math.min(rate, state.tokens + ((now - state.at) / 1000) * rate);
        state.at = now;
        if (state.tokens < 1) return true;
        state.tokens -= 1;
        state.granted += 1;
        return false;
      },
    };
  });
  return { rules, granted: (kind: ModelKind) => states[kind]?.granted ?? 0 };
}
