import { type StoryTask, type StoryTaskEvent, StoryTreeError } from '@story-tree/domain';
import { oneLine } from '@story-tree/runtime/terminalText';
import { createStoryTasksRepository } from '@story-tree/supabase';
import { listLines } from '../lists.ts';
import { type CommandOutcome, money } from '../output.ts';
import type { Session } from '../session.ts';
import { eventText, taskEntry, taskTitle } from '../taskText.ts';
import { wordedSentence } from '../wording.ts';

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
  const storyNames = await namesOf(session, tasks);
  const named = tasks.map((task) => ({ ...task, storyName: storyNames.get(task.storyId ?? '') ?? null }));
  const now = new Date();
  const entries = named.map((task) => taskEntry(task, task.storyName, now));
  return { result: { tasks: named }, lines: tasks.length > 0 ? listLines(entries, session.columns) : [none] };
}

/** The names of the stories that tasks are about, by their ids; those of deleted stories are gone. */
async function namesOf({ repositories }: Session, tasks: readonly StoryTask[]): Promise<Map<string, string>> {
  const ids = new Set(tasks.flatMap(({ storyId }) => storyId ?? []));
  const stories = await Promise.all([...ids].map((id) => repositories.stories.get(id)));
  return new Map(stories.flatMap((story) => (story === null ? [] : [[story.id, story.displayName]])));
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
    lines: [...summary(task, cost), ...(await failure(session, task)), '', ...log(events)],
  };
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
  const { id, storyId, status, progress, cancelRequestedAt, stalledAt } = task;
  const stalled = status === 'running' && stalledAt !== null ? ', but its worker has stopped' : '';
  const stopping = status === 'running' && cancelRequestedAt !== null ? ', asked to stop' : '';
  return [
    taskTitle(task),
    `  task     ${id}`,
    ...(storyId === null ? [] : [`  story    ${storyId}`]),
    `  status   ${status}${stopping}${stalled}, ${progress} %`,
    ...times(task).map(([what, time]) => `  ${what.padEnd(8)} ${time.toLocaleString()}`),
    `  cost     ${money(cost)}`,
  ];
}

async function failure({ invocation }: Session, { error }: StoryTask): Promise<string[]> {
  if (error === null) return [];
  const sentence = await wordedSentence(error.message, invocation.folder);
  return [`  error    ${oneLine(sentence)} (${error.code})`];
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
