import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createFileAssetStore,
  createStoryWorkflow,
  ModelSlots,
  type Models,
  type OnProgress,
  type SlotCounts,
  type StoryWorkflow,
} from '@story-tree/agent-backend';
import type { Log } from '@story-tree/domain';
import { createModelCallJournal, createStoryRepositories } from '@story-tree/supabase';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';

const PLAYER = path.resolve(import.meta.dirname, '../../agent-backend/src/bundle/templates/player.html');

export interface BenchStory {
  workflow: StoryWorkflow;
  database: TestDatabase;
}

export interface BenchStoryOptions {
  models: Models;
  slots: SlotCounts;
  log?: Log;
  onProgress?: OnProgress;
}

/** Works on a new story in its own database and folder, which are removed afterwards. */
export async function withBenchStory<T>(
  { models, slots, log = () => undefined, onProgress = () => undefined }: BenchStoryOptions,
  work: (story: BenchStory) => Promise<T>,
): Promise<T> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-bench-'));
  try {
    const workflow = await createStoryWorkflow(
      { prompt: 'A story of a certain size', mode: 'stub' },
      {
        repositories: createStoryRepositories(database.kysely),
        journal: createModelCallJournal(database.kysely),
        models,
        assets: createFileAssetStore(folder),
        settings: {
          script: { maxDepth: 1_000, maxChoices: 6, maxScenelets: 20_000 },
          maxReferenceImages: 14,
          outputRoot: path.join(folder, 'output'),
          playerTemplate: PLAYER,
        },
        slots: new ModelSlots(slots),
        runId: randomUUID(),
        signal: new AbortController().signal,
        now: () => new Date(),
        log,
        onProgress,
      },
    );
    return await work({ workflow, database });
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
