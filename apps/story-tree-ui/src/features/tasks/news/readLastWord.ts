import type { TaskSummary } from '../../../wire/index.ts';
import type { TaskStore } from '../../live/index.ts';
import { readTask } from '../../live/index.ts';
import { lastWord } from '../model/currentStep.ts';

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
