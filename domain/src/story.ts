import { z } from 'zod';
import type { AudioDesign } from './documents/audioDesign.ts';
import type { SceneletContent } from './documents/script.ts';
import type { StoryboardEntry } from './documents/storyboard.ts';
import type { VisualDesign } from './documents/visualDesign.ts';
import type { VisualReference } from './documents/visualReference.ts';
import { writtenText } from './writtenText.ts';

/** Whether a story's models are the real ones or the stub. A story keeps the mode in which it was created. */
export const STORY_MODES = ['stub', 'real'] as const;
export type StoryMode = (typeof STORY_MODES)[number];

/** The longest prompt of a story, in characters. */
export const MAX_PROMPT_LENGTH = 20_000;
/** The longest name of a story, in characters. */
export const MAX_NAME_LENGTH = 200;

export const displayNameSchema = writtenText(MAX_NAME_LENGTH);

/** What a person may specify besides the prompt. It shapes the constitution and, through that, everything else. */
export const creationOptionsSchema = z.object({
  language: writtenText(100).optional(),
  audience: writtenText(200).optional(),
  targetScenelets: z.int().min(1).max(100).optional(),
});

/** What a person says of a new story. */
export const newStorySchema = z.object({
  prompt: writtenText(MAX_PROMPT_LENGTH),
  displayName: displayNameSchema.optional(),
  ...creationOptionsSchema.shape,
});
export type CreationOptions = z.infer<typeof creationOptionsSchema>;

export interface Story {
  id: string;
  displayName: string;
  /** True once a person has chosen the name: the constitution's title no longer replaces it. */
  namedByPerson: boolean;
  initialPrompt: string;
  creationOptions: CreationOptions;
  mode: StoryMode;
  storyConstitution: string | null;
  targetSceneletsPerPath: number | null;
  visualDesignDocument: VisualDesign | null;
  visualReferencePackage: VisualReference | null;
  audioDesignDocument: AudioDesign | null;
  createdAt: Date;
  deletedAt: Date | null;
}

/** A node of the story's tree. */
export interface Scenelet {
  id: string;
  storyId: string;
  /** The stable name outside the database, see `sceneletLabel`. */
  label: string;
  parentId: string | null;
  /** Position among its siblings, from 0. */
  ordinal: number;
  choiceLabelFromParent: string | null;
  choicePrompt: string | null;
  content: SceneletContent;
  isBranchPoint: boolean;
  isTerminalNode: boolean;
}

export interface Shot {
  id: string;
  storyId: string;
  sceneletId: string;
  /** Position of its scenelet in the story, depth first, from 1. */
  sceneletSequence: number;
  /** Position within its scenelet, from 1. */
  shotIndex: number;
  storyboard: StoryboardEntry;
  keyFrameImagePath: string | null;
  audioFilePath: string | null;
}

export type ReferenceImageKind = 'character' | 'environment';

/** A character sheet or an environment image that exists. */
export interface ReferenceImageRecord {
  kind: ReferenceImageKind;
  designId: string;
  imagePath: string;
}

/** Everything stored about one story, from which plans, prerequisites and bundles are computed. */
export interface StoryState {
  story: Story;
  /** Depth first, siblings by ordinal. */
  scenelets: readonly Scenelet[];
  /** By scenelet sequence and shot index. */
  shots: readonly Shot[];
  referenceImages: readonly ReferenceImageRecord[];
}

/** A story in figures, for lists. */
export interface StoryOverviewEntry {
  id: string;
  displayName: string;
  mode: StoryMode;
  initialPrompt: string;
  createdAt: Date;
  /** The path of the picture that represents it: its first key frame, else an environment image. */
  keyArtPath: string | null;
  scenelets: number;
  endings: number;
  shots: number;
  keyFrames: number;
  /** Shots whose lines are spoken. */
  spokenShots: number;
  /** Whether the first scenelet has something to show or to say, so that a bundle can be made. */
  playable: boolean;
  /** US dollars of all model calls, successful or not. */
  costUsd: number;
  /** The task that holds it now, if any. */
  activeTaskId: string | null;
}
