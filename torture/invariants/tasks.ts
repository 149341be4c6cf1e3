import { type ErrorCode, hasEnded, type StoryTaskStatus } from '@story-tree/domain';
import type { Client } from '../people/client.ts';
import type { Aftermath, Invariant } from './invariant.ts';

/** Why a task may fail if its models or files were taken away. */
const EXPECTED = /^(file_error|bundle_exists|model_\w+)$/;

export interface TaskFacts {
  id: string;
  status: StoryTaskStatus;
  progress: number;
  code: ErrorCode | null;
  message: string | null;
  /** The steps in its log, oldest first. */
  steps: readonly string[];
}

export const everyTaskEnds: Invariant = {
  name: 'every task that was asked for ends in an allowed way, and there are no others',
  async findViolations({ stack, since, client }) {
    const tasks = await readTasks(stack, since);
    const unknown = tasks.filter(({ id }) => !client.asked.has(id)).map(({ id }) => `Nobody asked for task ${id}.`);
    const known = new Set(tasks.map(({ id }) => id));
    const lost = [...client.asked.keys()].filter((id) => !known.has(id)).map((id) => `Task ${id} is gone.`);
    return [...unknown, ...lost, ...tasks.flatMap((task) => judgeEnd(task, client.asked.get(task.id)))];
  },
};

export const logsAreLogical: Invariant = {
  name: 'the log of every task has one beginning and one end',
  findViolations: async ({ stack, since }) => (await readTasks(stack, since)).flatMap(judgeLog),
};

export const nothingGoesBack: Invariant = {
  name: 'nobody ever sees the status or progress of a task go back, or an answer that makes no sense',
  findViolations: async ({ client, commandLine, followers }) => [
    ...client.objections,
    ...commandLine.objections,
    ...followers.flatMap(({ objections }) => objections),
  ],
};

/** Goes by the order of the logs, since the times in the rows may have been moved. */
export const oneWriterPerStory: Invariant = {
  name: 'no two tasks write to the same story at once',
  async findViolations({ stack: { database }, since }) {
    const { rows } = await database.pool.query<{ one: string; other: string }>(
      `with writers as (
         select task.id, task.story_id, min(event.id) as first,
           coalesce(max(event.id) filter (where task.finished_at is not null), 'infinity'::numeric) as last
         from story_tasks task join story_task_events event on event.task_id = task.id
         where task.exclusive and event.id > $1
         group by task.id)
       select one.id as one, other.id as other
       from writers one join writers other using (story_id)
       where one.id < other.id and one.first < other.last and other.first < one.last`,
      [since],
    );
    return rows.map(({ one, other }) => `Tasks ${one} and ${other}.`);
  },
};

/** A removal cancelled before it began has changed nothing; another invariant checks that its files are still there. */
export const removalsAreWhole: Invariant = {
  name: 'nothing is left of a removed story, and every removal was done by a task that ended well',
  async findViolations({ stack: { database } }) {
    const { rows } = await database.pool.query<{ id: string; fault: string }>(
      `select id, 'has been removed only in part' as fault from stories
       where deleted_at is not null and (
         num_nonnulls(story_constitution, visual_design_document, visual_reference_package, audio_design_document) > 0
         or exists (select from constitution_versions where story_id = stories.id)
         or exists (select from scenelets where story_id = stories.id)
         or exists (select from shots where story_id = stories.id)
         or exists (select from reference_images where story_id = stories.id))
       union all
       select id, 'was removed without such a task' from stories
       where deleted_at is not null and not exists (
         select from story_tasks
         where story_id = stories.id and operation = 'DELETE_STORY'
             and (status = 'succeeded' or status = 'failed' and error ->> 'code' = 'file_error'))`,
    );
    return rows.map(({ id, fault }) => `Story ${id} ${fault}.`);
  },
};

export function judgeEnd(task: TaskFacts, asked: ReturnType<Client['asked']['get']>): string[] {
  const { id, status, progress, code, message } = task;
  const excuses: Partial<Record<StoryTaskStatus, boolean>> = {
    succeeded: progress === 100,
    failed: asked?.inPeace === false && EXPECTED.test(code ?? '') && isSentence(message),
    cancelled: asked?.isCancelled === true,
  };
  return excuses[status] === true ? [] : [`Task ${id} is ${status} at ${progress} %: ${code} ${message}`];
}

/** Whether it has a beginning and an end, and no stack trace. */
const isSentence = (text: string | null) => text !== null && /^\S.*[.!?]$/s.test(text) && !/\n\s+at /.test(text);

export function judgeLog({ id, status, steps }: TaskFacts): string[] {
  const ends = steps.filter((step) => hasEnded(step as StoryTaskStatus));
  const faults = [
    steps[0] === 'queued' ? '' : 'does not begin with queued',
    steps.filter((step) => step === 'started').length <= 1 ? '' : 'has started more than once',
    ends.length === 1 && steps.at(-1) === status ? '' : `does not end with ${status}, once`,
  ];
  return faults.filter((fault) => fault !== '').map((fault) => `Task ${id} ${fault}: ${steps.join(', ')}.`);
}

async function readTasks({ database }: Aftermath['stack'], since: string): Promise<TaskFacts[]> {
  const { rows } = await database.pool.query<TaskFacts>(
    `select id, status, progress, error ->> 'code' as code, error ->> 'message' as message,
            (select array_agg(step order by event.id) from story_task_events event where task_id = task.id) as steps
     from story_tasks task
     where (select min(event.id) from story_task_events event where task_id = task.id) > $1`,
    [since],
  );
  return rows;
}
