import type { TaskSummary } from '../../../wire/index.ts';
import { isOver, readTask, type TaskStore } from '../../live/index.ts';
import { lastWord } from '../model/currentStep.ts';

/**
 * Notices when tasks end: each once, and only those that were seen before their end or that took a while. What was over
 * when the page came to know of it is no news.
 */
export function createEndingWatch() {
  const going = new Set<string>();
  const told = new Set<string>();
  return {
    /** Something has happened to a task just now. */
    note(task: TaskSummary): void {
      // What is done at once was seen by whoever asked for it.
      if (!isOver(task) || task.finishedAt !== task.createdAt) going.add(task.id);
    },
    /** @returns those of the tasks that have ended since the last look, the earliest end first */
    look(active: readonly TaskSummary[], ended: readonly TaskSummary[]): TaskSummary[] {
      for (const { id } of active) going.add(id);
      const news = ended.filter(({ id }) => going.has(id) && !told.has(id));
      for (const { id } of news) told.add(id);
      return news.sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? ''));
    },
  };
}

/**
 * What a task that has succeeded said last. A page may know of the end before that line, since every line comes with the
 * task as it is by then; or without it, from a list. The line is read in that case.
 *
 * @returns undefined when it cannot be read
 */
export async function readLastWord({ id, status }: TaskSummary, store: TaskStore): Promise<string | undefined> {
  const known = lastWord(store.get(id).events);
  if (known !== undefined || status !== 'succeeded') return known;
  const detail = await readTask(id).catch(() => undefined);
  return detail && lastWord(detail.events);
}
