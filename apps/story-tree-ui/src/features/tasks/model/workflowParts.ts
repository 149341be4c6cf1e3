import type { StoryTabId } from '../../kit/index.ts';

/** What the drawer knows of a workflow task: its title, and where what it makes is looked at. */
export interface WorkflowPart {
  title: string;
  tab: StoryTabId;
  /** As a link says it. */
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
