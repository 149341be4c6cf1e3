import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFileAssetStore } from '../agent-backend/src/assets/fileAssetStore.ts';
import type { Models } from '../agent-backend/src/models/ports.ts';
import { createStubModels } from '../agent-backend/src/stub/index.ts';
import { ModelSlots, slotCounts } from '../agent-backend/src/workflow/slots.ts';
import { createStoryWorkflow } from '../agent-backend/src/workflow/storyWorkflow.ts';
import { buildSceneletTree } from '../domain/src/index.ts';
import { createModelCallJournal, createStoryRepositories } from '../supabase/src/index.ts';
import { createTestDatabase } from '../tests/support/database.ts';
import { PLAIN_MEDIA, scriptedModels } from '../tests/support/scriptedModels.ts';
import { type BenchRow, seconds } from './measure.ts';

const LATENCY_MS = 250;
const SCENELETS = 20;
const PLAYER = path.resolve(import.meta.dirname, '../agent-backend/src/bundle/templates/player.html');

/** A whole story with models of fixed latency, against the time that latency alone allows. */
export function pipelineRow(concurrency: number): BenchRow {
  return {
    name: `pipeline, ${SCENELETS} scenelets, ${concurrency} at once`,
    baseline: 'each task: max(longest chain, calls ÷ slots) × latency',
    bar: 1.1,
    round: () => round(concurrency),
  };
}

/** The stub's documents, and media that cost no work to make: its painter would be measured otherwise. */
function modelsOfFixedLatency(): Models {
  const stub = createStubModels({ sceneletCount: SCENELETS, shotsPerScenelet: 2, branching: 2, latencyMs: LATENCY_MS });
  const media = scriptedModels(PLAIN_MEDIA);
  return {
    modelId: stub.modelId,
    text: stub.text,
    image: async (request, context) => {
      await sleep(LATENCY_MS);
      return media.image(request, context);
    },
    speech: async (request, context) => {
      await sleep(LATENCY_MS);
      return media.speech(request, context);
    },
  };
}

async function round(concurrency: number): Promise<number> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-bench-'));
  try {
    const repositories = createStoryRepositories(database.kysely);
    const workflow = await createStoryWorkflow(
      { prompt: 'A story of a certain size', mode: 'stub' },
      {
        repositories,
        journal: createModelCallJournal(database.kysely),
        models: modelsOfFixedLatency(),
        assets: createFileAssetStore(folder),
        settings: {
          script: { maxDepth: 100, maxChoices: 6, maxScenelets: 1_000 },
          maxReferenceImages: 14,
          outputRoot: path.join(folder, 'output'),
          playerTemplate: PLAYER,
        },
        slots: new ModelSlots(slotCounts(concurrency, concurrency)),
        runId: randomUUID(),
        signal: new AbortController().signal,
        now: () => new Date(),
        log: () => undefined,
        onProgress: () => undefined,
      },
    );
    const taken = await seconds(() => workflow.runAllTasks());
    const [scenelets, shots, images] = await Promise.all([
      repositories.scenelets.list(workflow.storyId),
      repositories.shots.list(workflow.storyId),
      repositories.referenceImages.list(workflow.storyId),
    ]);
    const tree = buildSceneletTree(scenelets);
    const scriptChain = Math.max(...scenelets.map((scenelet) => tree.pathTo(scenelet).length));
    const scriptCalls = 1 + scenelets.filter((scenelet) => !scenelet.isTerminalNode).length;
    const waves = (calls: number) => Math.ceil(calls / concurrency);
    const characters = images.filter(({ kind }) => kind === 'character').length;
    const latencies =
      4 + // constitution, visual design, visual reference, audio design
      Math.max(scriptChain, scriptCalls / concurrency) +
      waves(scenelets.length) +
      waves(characters) +
      waves(images.length - characters) +
      2 * waves(shots.length);
    return taken / ((latencies * LATENCY_MS) / 1000);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
