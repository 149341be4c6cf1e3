import {
  createFileAssetStore,
  ModelSlots,
  type SlotCounts,
  slotCounts,
  type WorkflowDependencies,
} from '@story-tree/agent-backend';
import { type Story, type StoryLease, type StoryMode, toStoryTreeError } from '@story-tree/domain';
import { modeNote, places, workflowDependencies } from '@story-tree/runtime';
import { createStoryLeases, STORY_LEASE_MS } from '@story-tree/supabase';
import { busyWithTask, writingTask } from './busyStory.ts';
import { findStory } from './findStory.ts';
import type { Session } from './session.ts';

/** How a lease names the command line to whoever finds a story busy. */
const HOLDER = 'command line';

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
  const story = await findStory(session, storyId);
  const chosen = mode ?? story.mode;
  reporter.note(modeNote(chosen));
  return withLease(session, story.id, async (lease) => {
    await createFileAssetStore(places(environment).assets).sweep(story.id);
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
