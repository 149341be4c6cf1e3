import { toast } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { openTaskDrawer } from '../../kit/index.ts';

const PROBLEM_MS = 12_000;

/** How a task ended, as one sentence for people who listen. `lastWord` is the last line of its log. */
export function endingSentence({ status, displayFields, error }: TaskSummary, lastWord: string | undefined): string {
  if (status === 'failed') return `${displayFields.title} failed. ${error?.message ?? ''}`.trim();
  if (status === 'cancelled') return `${displayFields.title}: cancelled.`;
  return lastWord ?? `${displayFields.title}: done.`;
}

/** Shows a toast about the end of a task. */
export function toastEnding(task: TaskSummary, lastWord: string | undefined, goTo: (address: string) => void): void {
  const { id, status, storyId, displayFields, error } = task;
  const show = { label: 'Show', onClick: () => openTaskDrawer(id) };
  if (status === 'failed') {
    toast.error(`${displayFields.title} failed`, {
      id,
      description: error?.message,
      action: { label: 'What to do', onClick: show.onClick },
      duration: PROBLEM_MS,
    });
  } else if (status === 'cancelled') {
    toast.info(`${displayFields.title}: cancelled`, { id, action: show });
  } else {
    const hasStory = storyId !== null && task.operation !== 'DELETE_STORY';
    toast.success(`${displayFields.title}: done`, {
      id,
      description: lastWord,
      action: hasStory ? { label: 'Open', onClick: () => goTo(`/story/${encodeURIComponent(storyId)}`) } : show,
    });
  }
}

/** Shows one toast about several tasks that ended, for somebody who was away. */
export function toastEndings(tasks: readonly TaskSummary[]): void {
  const failed = tasks.filter(({ status }) => status === 'failed').length;
  const title = `${tasks.length} tasks have ended`;
  const action = { label: 'Show', onClick: () => openTaskDrawer() };
  if (failed > 0) toast.error(title, { description: `${failed} of them failed.`, action, duration: PROBLEM_MS });
  else toast.success(title, { action });
}
