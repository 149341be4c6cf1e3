import type { TaskSummary } from '../../../wire/index.ts';
import { isOver, readTask, type TaskStore } from '../../live/index.ts';
import { lastWord } from '../model/currentStep.ts';

/**
 * Notices when tasks end: each once, and only those that were seen before they ended or that took a while. A task that
 * had ended before the page learned of it is no news.
 */
export function createEndingWatch() {
  const going = new Set<string>();
  const told = new Set<string>();
  return {
    /** Something has happened to a task just now. */
    note(task: TaskSummary): void {
      // Whoever requested it saw an operation that is done at once.
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
 * The last message of a task that has succeeded. A page may learn of the end before that line arrives, since every line
 * comes with the task's current state, or without it, from a list. The line is read in that case.
 *
 * @returns undefined when it cannot be read
 */
export async function readLastWord({ id, status }: TaskSummary, store: TaskStore): Promise<string | undefined> {
  const known = lastWord(store.get(id).events);
  if (known !== undefined || status !== 'succeeded') return known;
  const detail = await readTask(id).catch(() => undefined);
  return detail && lastWord(detail.events);
}
