import {
  type AnyTask,
  blockedBy,
  dependants,
  taskProgress,
  tasksToRunFirst,
  WORKFLOW_TASKS,
  type WorkflowSettings,
  type WorkflowTaskProgress,
} from '@story-tree/agent-backend';
import type { AssetStore, StoryState } from '@story-tree/domain';
import type { WorkflowTaskState, WorkflowTaskStatus } from '../../wire/index.ts';

export interface WorkflowGround {
  assets: AssetStore;
  settings: WorkflowSettings;
}

/** The state of every workflow task of a story, in the table's order. */
export function workflowStates(state: StoryState, ground: WorkflowGround): Promise<WorkflowTaskState[]> {
  return Promise.all(WORKFLOW_TASKS.map((task) => stateOf(task, state, ground)));
}

async function stateOf(task: AnyTask, state: StoryState, ground: WorkflowGround): Promise<WorkflowTaskState> {
  const isBlocked = blockedBy(task, state, {}).length > 0;
  const progress = await taskProgress(task, state, ground);
  return {
    task: task.task,
    title: task.title,
    makes: task.makes,
    completed: progress.completed,
    total: progress.total,
    status: isBlocked ? 'blocked' : statusOf(progress),
    runFirst: isBlocked ? tasksToRunFirst(task, state, {}).map(({ title }) => title) : [],
    dependants: task.definesIds ? dependants(task, state, WORKFLOW_TASKS).map(({ title }) => title) : [],
  };
}

function statusOf({ completed, total, isOutdated }: WorkflowTaskProgress): WorkflowTaskStatus {
  if (total > 0 && completed === total) return 'done';
  if (isOutdated) return 'outdated';
  return completed > 0 ? 'partial' : 'possible';
}
