import type { StoryTask, StoryTaskOutcome, StoryTaskRun } from '@story-tree/domain';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { IMPATIENT, type Patience } from '../patience.ts';
import { mapErrors, type StoryFence } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { storableText, toJson } from '../storable.ts';
import { createStoryWrites } from '../storyWrites.ts';
import { type TaskRow, toLines, toTask } from './rows.ts';

/**
 * One task in the hands of the worker that runs it. With a fence, every write fails with `lease_lost` once the lease on
 * the task's story is gone; without one, for tasks whose story can no longer be leased, writes are bound to nothing.
 *
 * Under a fence, lines are recorded once, however often they have to be sent. It works on after the story was marked as deleted: the task that deletes a story has to end, too.
 *
 * @param patience for a database that is away while lines are recorded; without it, such a failure is told at once
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

/** Runs a function that answers the task as it is then: one statement, one transaction, one round trip. */
export async function changeTask(db: Kysely<DB>, call: RawBuilder<unknown>): Promise<StoryTask> {
  const { rows } = await mapErrors(() => sql<TaskRow>`select * from ${call}`.execute(db));
  const [row] = rows;
  if (row === undefined) throw new Error('a function of story tasks answered nothing');
  return toTask(row);
}

function failureOf(outcome: StoryTaskOutcome): string | null {
  return outcome.status === 'failed' ? toJson(outcome.error) : null;
}
