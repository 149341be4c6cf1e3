import { STORY_TASK_STATUSES } from '@story-tree/domain';
import type { TaskSummary } from '../../apps/story-tree-ui/src/wire/index.ts';

type Sight = Pick<TaskSummary, 'id' | 'status' | 'progress'>;

/** Somebody who looks at tasks, one look after the other, and notes whatever goes back. */
export interface Witness {
  see(task: Sight): void;
  /** What must not have been seen. */
  objections: string[];
}

export function createWitness(): Witness {
  const last = new Map<string, Sight>();
  const objections: string[] = [];
  return {
    objections,
    see({ id, status, progress }) {
      const before = last.get(id);
      last.set(id, { id, status, progress });
      if (before === undefined) return;
      const what = `task ${id}: ${before.status} at ${before.progress}, then ${status} at ${progress}`;
      if (progress < before.progress || !mayFollow(before.status, status)) objections.push(what);
    },
  };
}

/** Whether a task may be seen like this after it was seen like that, perhaps with something in between. */
function mayFollow(before: TaskSummary['status'], after: TaskSummary['status']): boolean {
  const place = (status: TaskSummary['status']) => Math.min(STORY_TASK_STATUSES.indexOf(status), 2);
  return place(before) === 2 ? after === before : place(after) >= place(before);
}
