import { randomUUID } from 'node:crypto';
import {
  createFileAssetStore,
  ModelSlots,
  missingStory,
  type SlotCounts,
  slotCounts,
  type WorkflowDependencies,
} from '@story-tree/agent-backend';
import {
  type AssetStore,
  type ModelCallJournal,
  type Story,
  type StoryLease,
  type StoryMode,
  type StoryRepositories,
  StoryTreeError,
  toStoryTreeError,
} from '@story-tree/domain';
import { type Environment, modeNote, openMigratedDatabase, places, workflowDependencies } from '@story-tree/runtime';
import { untilAvailable } from '@story-tree/story-tasks/untilAvailable';
import {
  createModelCallJournal,
  createPatience,
  createStoryLeases,
  createStoryRepositories,
  type Database,
  type Patience,
  STORY_LEASE_MS,
} from '@story-tree/supabase';
import { busyWithTask, writingTask } from './busyStory.ts';
import type { Reporter } from './reporter.ts';

/** How a lease names the command line to whoever finds a story busy. */
const HOLDER = 'command line';

/** What one command works with: the database, opened and migrated, and the files. */
export interface Session {
  database: Database;
  repositories: StoryRepositories;
  journal: ModelCallJournal;
  assets: AssetStore;
  environment: Environment;
  reporter: Reporter;
  signal: AbortSignal;
  /** For a database that is away at the end of a long run. */
  patience: Patience;
  /** Names this command in the journal. */
  runId: string;
}

export interface SessionOptions {
  environment: Environment;
  reporter: Reporter;
  signal: AbortSignal;
  /** Milliseconds to wait for a database that is not there yet. */
  waitMs: number;
}

/** Opens a session for the time that `work` takes. */
export async function withSession<T>(options: SessionOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const { environment, reporter, signal, waitMs } = options;
  const log = (message: string) => reporter.note(message);
  const { assets } = places(environment);
  // The embedded one was waited for already.
  const patienceMs = environment.DATABASE_URL === undefined ? 0 : waitMs;
  const waiting = { log: reporter.log, signal, patienceMs };
  const database = await untilAvailable(() => openMigratedDatabase(environment, log, signal), waiting);
  try {
    return await work({
      ...options,
      database,
      repositories: createStoryRepositories(database.kysely),
      journal: createModelCallJournal(database.kysely),
      patience: createPatience({ signal: options.signal, log: reporter.log }),
      assets: createFileAssetStore(assets),
      runId: randomUUID(),
    });
  } finally {
    await database.close();
  }
}

export interface StoryWork {
  mode?: StoryMode | undefined;
  concurrency?: number | undefined;
  /** What the command may spend on models, in US dollars. */
  maxCost?: number | undefined;
}

/** How many calls of each kind a command makes at once; speech in order, unless told otherwise. */
export function slotsFor(concurrency: number | undefined): SlotCounts {
  return slotCounts(concurrency, concurrency);
}

/**
 * Takes the story for this command alone and hands out what its workflow stands on; everything is bound to the lease.
 * @throws StoryTreeError `not_found`, `story_busy`, `not_configured`
 */
export async function withStory<T>(
  session: Session,
  storyId: string,
  { mode, concurrency, maxCost }: StoryWork,
  work: (dependencies: WorkflowDependencies, story: Story) => Promise<T>,
): Promise<T> {
  const { database, environment, reporter } = session;
  const story = await session.repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  const chosen = mode ?? story.mode;
  reporter.note(modeNote(chosen));
  return withLease(session, story.id, async (lease) => {
    await session.assets.sweep(story.id);
    const dependencies = workflowDependencies({
      environment,
      database,
      mode: chosen,
      fence: lease,
      slots: new ModelSlots(slotsFor(concurrency)),
      runId: session.runId,
      maxCostUsd: maxCost,
      signal: AbortSignal.any([session.signal, lease.lost]),
      log: reporter.log,
      onProgress: reporter.progress,
    });
    return work(dependencies, story);
  });
}

/**
 * Holds a story for the time that `work` takes.
 * @throws StoryTreeError `story_busy` naming the task or the command line that has it, `not_found`
 */
export async function withLease<T>(
  session: Session,
  storyId: string,
  work: (lease: StoryLease) => Promise<T>,
): Promise<T> {
  const lease = await takeLease(session, storyId);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

async function takeLease({ database, environment, signal }: Session, storyId: string): Promise<StoryLease> {
  const ttlMs = environment.TASK_WORKER_LOCK_MS ?? STORY_LEASE_MS;
  try {
    return await createStoryLeases(database.kysely, { ttlMs, awaitAbandoned: true, signal }).acquire(storyId, HOLDER);
  } catch (thrown) {
    const error = toStoryTreeError(thrown);
    if (error.code !== 'story_busy' || error.details.holder === HOLDER) throw thrown;
    const task = await writingTask(database, storyId);
    throw task === undefined ? thrown : busyWithTask(task);
  }
}

/**
 * The story that a command means: the one named, else the only one there is.
 * @throws StoryTreeError `usage` listing the stories when it cannot tell
 */
export async function chooseStory({ repositories }: Session, storyId: string | undefined): Promise<string> {
  if (storyId !== undefined) return storyId;
  const stories = await repositories.stories.list();
  if (stories.length === 1 && stories[0]) return stories[0].id;
  const listed = stories.map((story) => `\n  ${story.id}  ${story.displayName}`).join('');
  throw new StoryTreeError(
    'usage',
    stories.length === 0
      ? 'There are no stories yet: create one with `create --prompt "…"` or `run-all --prompt "…"`.'
      : `Which story? Add --story-id with one of:${listed}`,
  );
}
