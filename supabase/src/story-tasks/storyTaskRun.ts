import type { Story, StoryLease, StoryTask, StoryTaskOutcome, StoryTaskRun } from '@story-tree/domain';
import { type Kysely, type Selectable, sql } from 'kysely';
import { holdLease, interval } from '../keepLease.ts';
import { IMPATIENT, type Patience } from '../patience.ts';
import { toStory } from '../repositories/stories.ts';
import { createStoryWrites, mapErrors, type StoryFence } from '../repositories/storyAccess.ts';
import type { DB, StoriesTable } from '../schema.ts';
import { storableText, toJson } from '../storable.ts';
import { changeTask, type TaskRow, toLines, toTask } from './rows.ts';

interface TakingUp {
  taskId: string;
  /** Signs the lease on the task's story. */
  holder: string;
  /** Milliseconds that the lease is good for after its last renewal. */
  ttlMs: number;
}

/** A task as a worker finds it when it takes it up. */
export interface TakenUpTask {
  /** Running now, unless it has ended, somebody asked it to stop, or there is no lease. */
  task: StoryTask;
  /** Whether it was running already: another worker had started it. */
  resumed: boolean;
  /** Null when somebody else writes to the story, or when the story is gone. The caller has to release it. */
  lease: StoryLease | null;
  /** As it is under the lease; null without one. */
  story: Story | null;
}

/** As the row looks in JSON; a deleted story never comes with its task. */
type StoryJson = Omit<Selectable<StoriesTable>, 'created_at' | 'deleted_at'> & { created_at: string };

interface TakenUpRow extends TaskRow {
  fence: string | null;
  earlier_status: TaskRow['status'];
  story: StoryJson | null;
}

/**
 * Takes the lease on a task's story and, under it, sets the task from queued to running, in one statement. The task's log
 * does not show it yet: that comes with the first write of whoever runs it.
 *
 * @returns null when there is no such task
 * @throws StoryTreeError `database_unavailable` while the database is away
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
  const resumed = earlier === 'running';
  return { task, resumed, lease, story: story === null ? null : storyFromJson(story) };
}

function storyFromJson(story: StoryJson): Story {
  return toStory({ ...story, created_at: new Date(story.created_at), deleted_at: null });
}

/**
 * One task in the hands of the worker that runs it. With a fence, every write fails with `lease_lost` once the lease on
 * the task's story is gone; without one, for tasks whose story can no longer be leased, writes are bound to nothing.
 *
 * Under a fence, lines are recorded once, however often they have to be sent. Writes go on working after the story was
 * marked as deleted: the task that deletes a story has to end, too. Methods reject with a `StoryTreeError`: also
 * `task_ended` and `not_found`, and `database_unavailable` while the database is away.
 *
 * @param patience how to wait for a database that is away while lines are recorded; without it, such a failure is
 *   reported at once
 */
export function createStoryTaskRun(
  db: Kysely<DB>,
  taskId: string,
  fence?: StoryFence,
  patience: Patience = IMPATIENT,
): StoryTaskRun {
  const held = fence?.fence ?? null;
  const writes = createStoryWrites();
  return {
    start: (event) => changeTask(db, sql`public.start_story_task(${taskId}, ${held}, ${toLines([event])})`),

    record(events) {
      const lines = toLines(events);
      if (held === null) return changeTask(db, sql`public.record_story_task_events(${taskId}, null, ${lines})`);
      return writes.number(({ place, number }) =>
        patience.outlast(() =>
          changeTask(db, sql`public.record_story_task_events_once(${taskId}, ${held}, ${lines}, ${place}, ${number})`),
        ),
      );
    },

    finish: (outcome, ...events) =>
      changeTask(
        db,
        sql`public.end_story_task(${taskId}, ${held}, ${outcome.status}, ${failureOf(outcome)}, ${toLines(events)})`,
      ),

    async draft(draft) {
      const { turn, text } = draft ?? { turn: null, text: null };
      const storable = text === null ? null : storableText(text);
      await mapErrors(() => sql`select public.draft_story_task(${taskId}, ${held}, ${turn}, ${storable})`.execute(db));
    },
  };
}

function failureOf(outcome: StoryTaskOutcome): string | null {
  return outcome.status === 'failed' ? toJson(outcome.error) : null;
}
