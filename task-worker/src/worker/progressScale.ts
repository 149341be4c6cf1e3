import { type ProgressEvent, WORKFLOW_TASK_NAMES } from '@story-tree/agent-backend';
import type { StoryTask } from '@story-tree/domain';

/** Only the end itself is 100. */
const ALMOST = 99;

/**
 * Turns the progress of workflow tasks into the percent of a story task, which never falls: all workflow tasks that it
 * goes through weigh the same.
 */
export function createProgressScale(task: Pick<StoryTask, 'operation' | 'payload'>): (event: ProgressEvent) => number {
  const stages = stagesOf(task);
  let reached = 0;
  return (event) => {
    const stage = Math.max(0, stages.indexOf(event.task));
    const share = (stage + shareOf(event)) / Math.max(1, stages.length);
    reached = Math.max(reached, Math.min(ALMOST, Math.floor(share * 100)));
    return reached;
  };
}

function shareOf({ kind, completed, total }: ProgressEvent): number {
  if (kind === 'task-done' || kind === 'task-skipped') return 1;
  return total === 0 ? 0 : completed / total;
}

/** The workflow tasks ahead, in their order; none when there is but one. */
function stagesOf({ operation, payload }: Pick<StoryTask, 'operation' | 'payload'>): readonly string[] {
  if (operation === 'RUN_WORKFLOW_TASK' && payload.task === 'ALL') return WORKFLOW_TASK_NAMES;
  if (operation !== 'CREATE_STORY') return [];
  if (payload.runAll) return WORKFLOW_TASK_NAMES;
  return payload.includeInteractiveScript ? ['CREATE_CONSTITUTION', 'CREATE_INTERACTIVE_SCRIPT'] : [];
}
