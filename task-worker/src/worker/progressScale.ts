import { type ProgressEvent, WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import type { StoryTask } from '@story-tree/domain';

/** Only the end itself is 100. */
const ALMOST = 99;

/**
 * Turns the progress of workflow tasks into the percent of a story task, which never falls: all workflow tasks that it
 * goes through weigh the same, in whatever order or side by side.
 */
export function createProgressScale(task: Pick<StoryTask, 'operation' | 'payload'>): (event: ProgressEvent) => number {
  const stages = Math.max(1, stagesOf(task).length);
  const shares = new Map<string, number>();
  let reached = 0;
  return (event) => {
    shares.set(event.task, shareOf(event));
    const done = shares.values().reduce((sum, share) => sum + share, 0);
    reached = Math.max(reached, Math.min(ALMOST, Math.floor((done / stages) * 100)));
    return reached;
  };
}

function shareOf({ kind, completed, total, share }: ProgressEvent): number {
  if (kind === 'task-done' || kind === 'task-skipped') return 1;
  return share ?? (total === 0 ? 0 : completed / total);
}

/** The workflow tasks ahead, in their order; none when there is but one. */
function stagesOf({ operation, payload }: Pick<StoryTask, 'operation' | 'payload'>): readonly string[] {
  if (operation === 'RUN_WORKFLOW_TASK' && payload.task === 'ALL') return WORKFLOW_TASK_NAMES;
  if (operation !== 'CREATE_STORY') return [];
  if (payload.runAll) return WORKFLOW_TASK_NAMES;
  return payload.includeInteractiveScript ? ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT'] : [];
}
