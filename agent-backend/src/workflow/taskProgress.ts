import { type StoryState, StoryTreeError } from '@story-tree/domain';
import type { AnyTask, PlanInput } from '../planning/task.ts';
import { blockedBy } from './prerequisites.ts';

/** How many units of a task are done, of those that can be planned so far. */
export interface WorkflowTaskProgress {
  completed: number;
  total: number;
  /** Whether what was made of it is of an older state of the story. */
  isOutdated: boolean;
}

/** What of a task is done. A task whose needs are missing, or that cannot be planned, has nothing to do yet. */
export async function taskProgress(
  task: AnyTask,
  state: StoryState,
  { assets, settings }: Pick<PlanInput<object>, 'assets' | 'settings'>,
): Promise<WorkflowTaskProgress> {
  const nothing = { completed: 0, total: 0, isOutdated: false };
  if (blockedBy(task, state, {}).length > 0) return nothing;
  try {
    const units = await task.plan({ state, options: { resume: true }, mode: 'resume', assets, settings });
    return {
      completed: units.filter(({ done }) => done).length,
      total: units.length,
      isOutdated: units.some(({ outdated }) => outdated),
    };
  } catch (error) {
    // Why it cannot be planned is told when somebody runs it.
    if (error instanceof StoryTreeError) return nothing;
    throw error;
  }
}
