import { randomUUID } from 'node:crypto';
import type { NewStoryTask, NewStoryTaskEvent, Submitted } from '@story-tree/domain';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '../schema.ts';
import { toJson } from '../storable.ts';
import { type TaskRow, toLines, toTask } from './rows.ts';
import { changeTask } from './storyTaskRun.ts';
import { findTask } from './taskQueries.ts';

/** What a change did, within the transaction of its task. */
export interface Change {
  storyId: string | null;
  /** The task's first lines. */
  events: readonly NewStoryTaskEvent[];
}

/** Stores a queued task of a story that exists, in one round trip. */
export async function enqueueTask(db: Kysely<DB>, task: NewStoryTask, event: NewStoryTaskEvent): Promise<Submitted> {
  const { rows } = await sql<TaskRow & { created: boolean }>`
    select created, (enqueued.task).*
    from public.enqueue_story_task(${task.storyId}, ${toJson(task)}, ${toLines([event])}) as enqueued
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the task that a key stands for was removed in this moment');
  return { task: toTask(row), created: row.created };
}

/** Makes a change and stores its task, all or nothing; neither when the caller's key stands for an earlier task. */
export async function submitWithChange(
  db: Kysely<DB>,
  task: NewStoryTask,
  status: 'queued' | 'succeeded',
  change: (tx: Transaction<DB>) => Promise<Change>,
): Promise<Submitted> {
  const taskId = randomUUID();
  return await db.transaction().execute(async (tx) => {
    const claimed = await claimKey(tx, taskId, task);
    const earlier = claimed === taskId ? null : await findTask(tx, claimed);
    if (earlier !== null) return { task: earlier, created: false };
    const { storyId, events } = await change(tx);
    const stored = await changeTask(
      tx,
      sql`public.insert_story_task(${taskId}, ${storyId}, ${status}, ${toJson(task)}, ${toLines(events)})`,
    );
    return { task: stored, created: true };
  });
}

/** @returns the id of the task that the caller's key stands for; without a key, the new one's. */
async function claimKey(tx: Transaction<DB>, taskId: string, { requestedBy, idempotency }: NewStoryTask) {
  if (idempotency === undefined) return taskId;
  const { key, requestHash } = idempotency;
  const { rows } = await sql<{ id: string }>`
    select public.claim_story_task_key(${taskId}, ${requestedBy}, ${key}, ${requestHash}) as id
  `.execute(tx);
  return rows[0]?.id ?? taskId;
}
