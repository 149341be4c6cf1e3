import { hasEnded, type Story, type StoryLease, type StoryTask } from '@story-tree/domain';
import { type Kysely, type Selectable, sql } from 'kysely';
import { holdLease, interval } from '../leases.ts';
import { toStory } from '../repositories/stories.ts';
import { mapErrors } from '../repositories/storyAccess.ts';
import type { DB, StoriesTable } from '../schema.ts';
import { type TaskRow, toTask } from './rows.ts';

export interface TakingUp {
  taskId: string;
  /** Signs the lease on the task's story. */
  holder: string;
  ttlMs: number;
}

/** A task as a worker finds it. */
export interface TakenUpTask {
  /** Running now, unless it has ended, somebody asked it to stop, or there is no lease. */
  task: StoryTask;
  /** It was running before: another worker has begun it. */
  resumed: boolean;
  /** Null when somebody else writes to the story, or when it is gone. To be released by whoever gets it. */
  lease: StoryLease | null;
  /** As it is under the lease; null without one. */
  story: Story | null;
}

/** As JSON has it: no task comes with a story that is deleted. */
type StoryJson = Omit<Selectable<StoriesTable>, 'created_at' | 'deleted_at'> & { created_at: string };

interface TakenUpRow extends TaskRow {
  fence: string | null;
  earlier_status: TaskRow['status'];
  story: StoryJson | null;
}

/**
 * Takes the right to write to a task's story and, with it, goes on to run the task: queued → running. Nothing of that is
 * in the task's log yet: that comes with the first write of whoever runs it.
 * @returns null when there is no such task
 */
export async function takeUpStoryTask(
  db: Kysely<DB>,
  { taskId, holder, ttlMs }: TakingUp,
): Promise<TakenUpTask | null> {
  const { rows } = await mapErrors(() =>
    sql<TakenUpRow>`
      select fence, earlier_status, story, (taken.task).*
      from public.take_up_story_task(${taskId}, ${holder}, ${interval(ttlMs)}) as taken
    `.execute(db),
  );
  const [row] = rows;
  if (row === undefined) return null;
  const task = toTask(row);
  const { fence, earlier_status: earlier, story } = row;
  const { storyId } = task;
  const lease = fence === null || storyId === null ? null : holdLease(db, { storyId, fence, ttlMs });
  const resumed = earlier === 'running' && !hasEnded(task.status);
  return { task, resumed, lease, story: story === null ? null : storyFromJson(story) };
}

function storyFromJson(story: StoryJson): Story {
  return toStory({ ...story, created_at: new Date(story.created_at), deleted_at: null });
}
