import {
  type AnyTask,
  blockedBy,
  dependants,
  tasksToRunFirst,
  type Unit,
  WORKFLOW_TASKS,
  type WorkflowSettings,
} from '@story-tree/agent-backend';
import { type AssetStore, type StoryState, StoryTreeError } from '@story-tree/domain';
import type { WorkflowTaskState, WorkflowTaskStatus } from '../../wire/index.ts';

interface Progress {
  completed: number;
  total: number;
  status: WorkflowTaskStatus;
}

const BLOCKED: Progress = { completed: 0, total: 0, status: 'blocked' };
const NOTHING: Progress = { completed: 0, total: 0, status: 'possible' };

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
  const progress = isBlocked ? BLOCKED : await progressOf(task, state, ground);
  return {
    task: task.task,
    title: task.title,
    makes: task.makes,
    ...progress,
    runFirst: isBlocked ? tasksToRunFirst(task, state, {}).map(({ title }) => title) : [],
    dependants: task.definesIds ? dependants(task, state, WORKFLOW_TASKS).map(({ title }) => title) : [],
  };
}

async function progressOf(task: AnyTask, state: StoryState, ground: WorkflowGround): Promise<Progress> {
  try {
    const units = await task.plan({ state, options: { resume: true }, mode: 'resume', ...ground });
    const completed = units.filter(({ done }) => done).length;
    return { completed, total: units.length, status: statusOf(units, completed) };
  } catch (error) {
    // A task that cannot be planned says why when somebody runs it; the menu shows it as not started.
    if (error instanceof StoryTreeError) return NOTHING;
    throw error;
  }
}

function statusOf(units: readonly Unit[], completed: number): WorkflowTaskStatus {
  if (units.length > 0 && completed === units.length) return 'done';
  if (units.some(({ outdated }) => outdated)) return 'outdated';
  return completed > 0 ? 'partial' : 'possible';
}
