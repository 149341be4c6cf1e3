import type { TaskDetail } from '../../../wire/index.ts';
import { type StoryTabId, storyHref } from '../../kit/index.ts';

type Made = Pick<WorkflowPart, 'tab' | 'look'>;

const CONSTITUTION: Made = { tab: 'constitution', look: 'Read the constitution' };
const SCRIPT: Made = { tab: 'script', look: 'Read the script' };
const PLAYER: Made = { tab: 'player', look: 'Play the story' };

/** A link to what a task has made; null when it makes nothing to look at, or has not made it. */
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

/** What the drawer knows about a workflow task: its title, and where its output is shown. */
interface WorkflowPart {
  title: string;
  tab: StoryTabId;
  /** The label of its link. */
  look: string;
}

const PARTS: Readonly<Record<string, WorkflowPart>> = {
  CREATE_CONSTITUTION: { title: 'Constitution', tab: 'constitution', look: 'Read the constitution' },
  CREATE_INTERACTIVE_SCRIPT: { title: 'Interactive script', tab: 'script', look: 'Read the script' },
  CREATE_VISUAL_DESIGN: { title: 'Visual design', tab: 'visual', look: 'See the visual design' },
  CREATE_VISUAL_REFERENCE: { title: 'Visual reference', tab: 'visual', look: 'See the visual design' },
  CREATE_CHARACTER_MODEL_SHEET: { title: 'Character sheets', tab: 'visual', look: 'See the characters' },
  CREATE_ENVIRONMENT_REFERENCE_IMAGE: { title: 'Environment images', tab: 'visual', look: 'See the environments' },
  CREATE_AUDIO_DESIGN: { title: 'Audio design', tab: 'audio', look: 'See the audio design' },
  CREATE_SHOT_PRODUCTION: { title: 'Shots', tab: 'shots', look: 'See the shots' },
  CREATE_SHOT_IMAGES: { title: 'Key frames', tab: 'shots', look: 'See the key frames' },
  CREATE_SHOT_AUDIO: { title: 'Speech', tab: 'audio', look: 'Listen to the lines' },
  CREATE_PLAYER_BUNDLE: { title: 'Player bundle', tab: 'player', look: 'Play the story' },
};

/** The row of a workflow task; undefined for anything else. */
export function workflowPart(task: unknown): WorkflowPart | undefined {
  return typeof task === 'string' && Object.hasOwn(PARTS, task) ? PARTS[task] : undefined;
}
