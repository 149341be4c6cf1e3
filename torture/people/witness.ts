import { STORY_TASK_STATUSES } from '@story-tree/domain';
import type { TaskSummary } from '../../apps/story-tree-ui/src/wire/index.ts';

type Sight = Pick<TaskSummary, 'id' | 'status' | 'progress'>;

/** Looks at tasks again and again, and notes whenever one goes back. */
export interface Witness {
  see(task: Sight): void;
  /** Observations that must never occur. */
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

/** Whether a task may be seen with one status after another, possibly with others in between. */
function mayFollow(before: TaskSummary['status'], after: TaskSummary['status']): boolean {
  const place = (status: TaskSummary['status']) => Math.min(STORY_TASK_STATUSES.indexOf(status), 2);
  return place(before) === 2 ? after === before : place(after) >= place(before);
}
