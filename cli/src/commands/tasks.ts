import { type Log, type StoryTask, type StoryTaskEvent, StoryTreeError } from '@story-tree/domain';
import { defaultMode, oneLine } from '@story-tree/runtime';
import { createStoryTasksRepository } from '@story-tree/supabase';
import { type CommandOutcome, money } from '../output.ts';
import type { Session } from '../session.ts';
import { eventText, taskTable, taskTitle } from '../taskText.ts';

/** How many tasks that ended are listed, and how many lines of a log are shown. */
const LISTED = 50;
const SHOWN_EVENTS = 1_000;

export interface ListTasksFlags {
  storyId?: string;
  active?: boolean;
}

export async function listTasks(
  session: Session,
  { storyId, active = false }: ListTasksFlags,
): Promise<CommandOutcome> {
  const repository = createStoryTasksRepository(session.database.kysely);
  await repository.tellStalled();
  const { tasks } =
    storyId === undefined
      ? await repository.overview({ limit: active ? 0 : LISTED })
      : await repository.list(storyId, { state: active ? 'active' : 'all', limit: LISTED });
  const none = active ? 'There are no active tasks.' : 'There are no tasks yet.';
  return { result: { tasks }, lines: tasks.length > 0 ? taskTable(tasks, new Date()) : [none] };
}

export async function showTask(session: Session, taskId: string): Promise<CommandOutcome> {
  const repository = createStoryTasksRepository(session.database.kysely);
  await repository.tellStalled();
  const task = await findTask(session, taskId);
  const newest = await repository.events(taskId, SHOWN_EVENTS);
  const events = newest.toReversed();
  const cost = await costOfTask(session, task);
  return {
    result: { ...storyOf(task), cost, storyTask: task, events },
    lines: [...summary(task, cost), '', ...log(events)],
  };
}

/**
 * Cancels a queued task at once and takes its job out of the queue; asks a running one to stop. While the queue is away,
 * the task is cancelled all the same, and a worker removes the job later.
 * @throws StoryTreeError `not_found`, `task_ended`, `task_unstoppable`, `not_configured` for a `REDIS_URL` that is not one
 */
export async function cancelTask(session: Session, taskId: string): Promise<CommandOutcome> {
  const { environment, database, reporter } = session;
  // Loaded here alone: BullMQ and ioredis take longer to load than most commands take.
  const { createStoryTasks, openStoryTaskQueue } = await import('@story-tree/story-tasks');
  // That the queue cannot be reached is told once, by what comes of it.
  const log: Log = (_level, message, fields) => reporter.log('debug', message, fields);
  const queue = await openStoryTaskQueue({ environment, database, log });
  try {
    const tasks = createStoryTasksRepository(database.kysely);
    const storyTasks = createStoryTasks({ tasks, queue, mode: defaultMode(environment), log: reporter.log });
    const task = await storyTasks.cancel(taskId);
    const line =
      task.status === 'cancelled'
        ? `Cancelled "${taskTitle(task)}" before it began.`
        : `Asked "${taskTitle(task)}" to stop; what it has finished is kept.`;
    return { result: { ...storyOf(task), storyTask: task }, lines: [line] };
  } finally {
    await queue.close();
  }
}

/** @throws StoryTreeError `not_found` */
export async function findTask({ database }: Session, taskId: string): Promise<StoryTask> {
  const task = await createStoryTasksRepository(database.kysely).get(taskId);
  if (task !== null) return task;
  throw new StoryTreeError('not_found', `There is no task ${taskId}. \`story-tree tasks list\` lists them all.`);
}

/** US dollars that a task's model calls cost so far. */
export async function costOfTask({ journal }: Session, { id }: StoryTask): Promise<number> {
  const summaries = await journal.summarize({ runId: id });
  return summaries.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

export function storyOf({ storyId }: StoryTask): { storyId?: string } {
  return storyId === null ? {} : { storyId };
}

function summary(task: StoryTask, cost: number): string[] {
  const { id, storyId, status, progress, cancelRequestedAt, stalledAt, error } = task;
  const stalled = status === 'running' && stalledAt !== null ? ', but its worker has stopped' : '';
  const stopping = status === 'running' && cancelRequestedAt !== null ? ', asked to stop' : '';
  return [
    taskTitle(task),
    `  task     ${id}`,
    ...(storyId === null ? [] : [`  story    ${storyId}`]),
    `  status   ${status}${stopping}${stalled}, ${progress} %`,
    ...times(task).map(([what, time]) => `  ${what.padEnd(8)} ${time.toLocaleString()}`),
    `  cost     ${money(cost)}`,
    ...(error === null ? [] : [`  error    ${oneLine(error.message)} (${error.code})`]),
  ];
}

function times({ createdAt, startedAt, finishedAt }: StoryTask): [string, Date][] {
  const all: [string, Date | null][] = [
    ['created', createdAt],
    ['started', startedAt],
    ['ended', finishedAt],
  ];
  return all.filter((entry): entry is [string, Date] => entry[1] !== null);
}

function log(events: readonly StoryTaskEvent[]): string[] {
  const cut = events.length === SHOWN_EVENTS ? [`(Only the last ${SHOWN_EVENTS} lines.)`] : [];
  return [...cut, ...events.map(eventText)];
}
