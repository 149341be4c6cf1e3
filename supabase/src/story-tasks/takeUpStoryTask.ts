import { hasEnded, type NewStoryTaskEvent, type StoryLease, type StoryTask } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { holdLease, interval } from '../leases.ts';
import { mapErrors } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { type TaskRow, toLines, toTask } from './rows.ts';

export interface TakingUp {
  taskId: string;
  /** Signs the lease on the task's story. */
  holder: string;
  ttlMs: number;
  /** The line for a task that has waited, and the one for a task that another worker has begun. */
  started: NewStoryTaskEvent;
  resumed: NewStoryTaskEvent;
}

/** A task as a worker finds it. */
export interface TakenUpTask {
  /** Running now, unless it has ended, somebody asked it to stop, or there is no lease. */
  task: StoryTask;
  /** It was running before. */
  resumed: boolean;
  /** Null when somebody else writes to the story, or when it is gone. To be released by whoever gets it. */
  lease: StoryLease | null;
}

/**
 * Takes the right to write to a task's story and, with it, goes on to run the task: queued → running.
 * @returns null when there is no such task
 */
export async function takeUpStoryTask(
  db: Kysely<DB>,
  { taskId, holder, ttlMs, started, resumed }: TakingUp,
): Promise<TakenUpTask | null> {
  // Our clock starts before the database's, so that for us the lease never seems to last longer than it does.
  const askedAt = performance.now();
  const lines = sql.join([toLines([started]), toLines([resumed])]);
  const { rows } = await mapErrors(() =>
    sql<TaskRow & { fence: string | null; earlier_status: TaskRow['status'] }>`
      select fence, earlier_status, (taken.task).*
      from public.take_up_story_task(${taskId}, ${holder}, ${interval(ttlMs)}, ${lines}) as taken
    `.execute(db),
  );
  const [row] = rows;
  if (row === undefined) return null;
  const task = toTask(row);
  const { fence, earlier_status: earlier } = row;
  const { storyId } = task;
  const lease = fence === null || storyId === null ? null : holdLease(db, { storyId, fence, askedAt, ttlMs });
  return { task, resumed: earlier === 'running' && !hasEnded(task.status), lease };
}
