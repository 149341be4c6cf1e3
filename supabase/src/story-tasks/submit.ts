import type { InlineChange, NewStoryTask, NewStoryTaskEvent, Submitted } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { isUuid, storyNotFound } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { toJson } from '../storable.ts';
import { type TaskRow, toLines, toTask } from './rows.ts';

export interface Submission {
  task: NewStoryTask;
  status: 'queued' | 'succeeded';
  /** Made with the task, all or nothing. */
  change?: InlineChange | undefined;
  /** The first lines of the task's log. */
  lines: readonly NewStoryTaskEvent[];
}

/** Stores a task, unless the caller's key stands for an earlier one: one statement, one transaction, one round trip. */
export async function submitTask(db: Kysely<DB>, { task, status, change, lines }: Submission): Promise<Submitted> {
  if (task.storyId !== null && !isUuid(task.storyId)) throw storyNotFound(task.storyId);
  const { rows } = await sql<TaskRow & { created: boolean }>`
    select created, (submitted.task).*
    from public.submit_story_task(${toJson(task)}, ${status}, ${toJson(change)}, ${toLines(lines)}) as submitted
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the task that a key stands for was removed in this moment');
  return { task: toTask(row), created: row.created };
}
