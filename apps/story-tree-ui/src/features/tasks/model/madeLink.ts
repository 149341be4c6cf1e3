import type { TaskDetail } from '../../../wire/index.ts';
import { storyHref } from '../../kit/index.ts';
import { type WorkflowPart, workflowPart } from './workflowParts.ts';

type Made = Pick<WorkflowPart, 'tab' | 'look'>;

const CONSTITUTION: Made = { tab: 'constitution', look: 'Read the constitution' };
const SCRIPT: Made = { tab: 'script', look: 'Read the script' };
const PLAYER: Made = { tab: 'player', look: 'Play the story' };

/** Where to look at what a task has made; null when it makes nothing to look at, or has not made it. */
export function madeLink(
  task: Pick<TaskDetail, 'storyId' | 'operation' | 'status' | 'payload'>,
): { href: string; label: string } | null {
  const made = task.status === 'succeeded' ? madeBy(task) : null;
  return made && task.storyId ? { href: storyHref(task.storyId, made.tab), label: made.look } : null;
}

function madeBy({ operation, payload }: Pick<TaskDetail, 'operation' | 'payload'>): Made | null {
  switch (operation) {
    case 'CREATE_STORY':
      return createdPart(payload);
    case 'RUN_WORKFLOW_TASK':
      return payload.task === 'ALL' ? PLAYER : (workflowPart(payload.task) ?? null);
    case 'BUILD_PLAYER_BUNDLE':
      return PLAYER;
    case 'REGENERATE_CONSTITUTION':
    case 'CONSTITUTION_CHAT_UPDATE':
    case 'RESTORE_CONSTITUTION':
      return CONSTITUTION;
    case 'RENAME_STORY':
    case 'DELETE_STORY':
      return null;
    default:
      return operation satisfies never;
  }
}

function createdPart({ runAll, includeInteractiveScript }: TaskDetail['payload']): Made {
  if (runAll) return PLAYER;
  return includeInteractiveScript ? SCRIPT : CONSTITUTION;
}
