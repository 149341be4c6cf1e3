import type { TaskDetail, TaskPage, TaskSummary } from '../../wire/index.ts';
import { api } from '../client/index.ts';
import { isOver, summaryOf } from './mergeTasks.ts';
import type { TaskStore } from './taskStore.ts';

/** Any page of the list begins with all tasks in progress. */
const GOING_ON = '/api/story-tasks?limit=1';

/**
 * Reads what has become of the tasks that a page believes to be in progress. The lists are not enough for that: they
 * show the tasks in progress, and only the latest of those that have ended.
 * @returns what was read, newest last
 * @throws ApiError
 */
export async function catchUp(store: TaskStore): Promise<TaskSummary[]> {
  const unfinished = () => store.all().filter((task) => !isOver(task));
  if (unfinished().length === 0) return [];
  const { tasks: goingOn } = await api.get<TaskPage>(GOING_ON);
  store.add(goingOn);
  const seen = new Set(goingOn.map(({ id }) => id));
  const read = [...goingOn];
  for (const { id } of unfinished().filter((task) => !seen.has(task.id))) {
    const task = summaryOf(await readTask(id));
    store.add([task]);
    read.push(task);
  }
  return read;
}

/**
 * How far the log of all tasks has come.
 * @throws ApiError
 */
export async function readCursor(): Promise<string> {
  return (await api.get<TaskPage>(GOING_ON)).cursor;
}

/**
 * A task with its payload and the end of its log, newest first.
 * @throws ApiError
 */
export function readTask(taskId: string, options?: { signal: AbortSignal }): Promise<TaskDetail> {
  return api.get<TaskDetail>(`/api/story-tasks/${encodeURIComponent(taskId)}`, options);
}
