import type { StoryTaskRequest } from '@story-tree/domain';
import type { StoryDetail, WorkflowTaskState } from '../../wire/index.ts';
import { lossesOf, outputOf } from './losses.ts';
import { listed } from './storyParts.ts';

/** Something that a person may request of a workflow task. */
export interface WorkflowAction {
  kind: 'make' | 'resume' | 'regenerate';
  /** The label of its button. */
  label: string;
  request: StoryTaskRequest;
  /** What is replaced; null when the action removes nothing. */
  replaces: string | null;
  /** What else is removed, because it is built on what is replaced. */
  losses: readonly string[];
}

const BUNDLE = 'CREATE_PLAYER_BUNDLE';

/** Makes everything that a story is missing. */
export const MAKE_EVERYTHING = {
  operation: 'RUN_WORKFLOW_TASK',
  payload: { task: 'ALL' },
} as const satisfies StoryTaskRequest;

/** What can be requested of a workflow task in its current state; nothing while it depends on other tasks. */
export function workflowActions(state: WorkflowTaskState, detail: StoryDetail): readonly WorkflowAction[] {
  switch (state.status) {
    case 'blocked':
      return [];
    case 'possible':
      return [makeAction(state)];
    case 'partial':
      return [resumeAction(state), regenerateAction(state, detail)];
    case 'done':
    case 'outdated':
      return [regenerateAction(state, detail)];
    default:
      return state.status satisfies never;
  }
}

/** Why a workflow task cannot run, or null. */
export function blockedReason({ status, runFirst }: WorkflowTaskState): string | null {
  return status === 'blocked' ? `Run ${listed(runFirst)} first.` : null;
}

/** Where a workflow task stands, in a few words. */
export function statusWords(state: WorkflowTaskState): string {
  switch (state.status) {
    case 'done':
      return 'Done';
    case 'outdated':
      return 'Out of date';
    case 'partial':
      return `${state.completed} of ${state.total} made`;
    case 'possible':
      return 'Ready to make';
    case 'blocked':
      return blockedReason(state) ?? '';
    default:
      return state.status satisfies never;
  }
}

/** Whether anything is left to make. */
export function isComplete({ workflow }: Pick<StoryDetail, 'workflow'>): boolean {
  return workflow.every(({ status }) => status === 'done');
}

/** Whether everything is there, though some of it may be out of date. */
export function isAllThere({ workflow }: Pick<StoryDetail, 'workflow'>): boolean {
  return workflow.every(({ status }) => status === 'done' || status === 'outdated');
}

function makeAction(state: WorkflowTaskState): WorkflowAction {
  return {
    kind: 'make',
    label: `Make ${state.title.toLowerCase()}`,
    request: run(state, { resume: true }),
    replaces: null,
    losses: [],
  };
}

function resumeAction(state: WorkflowTaskState): WorkflowAction {
  const missing = state.total - state.completed;
  return {
    kind: 'resume',
    label: missing === 1 ? 'Make the one that is missing' : `Make the ${missing} that are missing`,
    request: run(state, { resume: true }),
    replaces: null,
    losses: [],
  };
}

function regenerateAction(state: WorkflowTaskState, detail: StoryDetail): WorkflowAction {
  const losses = lossesOf(state.dependants, detail);
  return {
    kind: 'regenerate',
    label: state.task === BUNDLE ? 'Rebuild' : 'Regenerate',
    request: run(state, { override: true, ...(losses.length > 0 ? { cascade: true } : {}) }),
    replaces: outputOf(state.task, detail),
    losses,
  };
}

function run({ task }: WorkflowTaskState, options: Readonly<Record<string, boolean>>): StoryTaskRequest {
  // The folder belongs to the story, so a bundle in it may always be replaced.
  if (task === BUNDLE) return { operation: 'BUILD_PLAYER_BUNDLE', payload: { overwrite: true } };
  return { operation: 'RUN_WORKFLOW_TASK', payload: { task, options } };
}
