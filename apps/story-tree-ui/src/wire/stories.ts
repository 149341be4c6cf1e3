import type {
  ConstitutionVersion,
  ModelCallEntry,
  ReferenceImageRecord,
  Scenelet,
  Shot,
  Story,
  StoryOverviewEntry,
  StoryTaskEvent,
} from '@story-tree/domain';
import type { RunLine } from './estimates.ts';
import type { Wire } from './wire.ts';

/** One story in the list: `GET /api/stories` answers `{ stories }`, newest first. */
export type StoryCard = Omit<Wire<StoryOverviewEntry>, 'keyArtPath'> & {
  /** Address of the picture that stands for it, if there is one yet. */
  keyArt: string | null;
};

/** Where a workflow task stands: all made, made but out of date, some of it, nothing yet but possible, waiting for others. */
export type WorkflowTaskStatus = 'done' | 'outdated' | 'partial' | 'possible' | 'blocked';

/** One row of the Run Task menu, from the task table. */
export interface WorkflowTaskState {
  task: string;
  title: string;
  /** What it makes, as in "a visual design document". */
  makes: string;
  status: WorkflowTaskStatus;
  /** Units that are there, of those known. Both 0 while blocked. */
  completed: number;
  total: number;
  /** Titles of the tasks to run first, when blocked. */
  runFirst: readonly string[];
  /** Titles of tasks whose output an override removes. */
  dependants: readonly string[];
}

/** `GET /api/stories/:id`. */
export interface StoryDetail {
  story: Wire<Story>;
  scenelets: readonly Wire<Scenelet>[];
  shots: readonly Wire<Shot>[];
  referenceImages: readonly ReferenceImageRecord[];
  workflow: readonly WorkflowTaskState[];
  /** The newest version's number; null without a constitution. */
  constitutionVersion: number | null;
  activeTaskId: string | null;
  costUsd: number;
  /** At least one path can be played. */
  playable: boolean;
}

/** `GET /api/stories/:id/constitution-versions` answers `{ versions }`, newest first. */
export type ConstitutionVersionOnWire = Wire<ConstitutionVersion>;

/** `GET /api/stories/:id/chat` answers `{ messages, cursor }`, oldest first. */
export type ChatMessage = Wire<StoryTaskEvent>;

/** One call of a model: a line of `GET /api/stories/:id/costs`. */
export type ModelCallLine = Wire<ModelCallEntry>;

/** `GET /api/stories/:id/costs`. */
export interface StoryCosts {
  totalUsd: number;
  /** By workflow task, in the table's order; other callers after them. */
  tasks: readonly { workflowTask: string; title: string; calls: number; costUsd: number }[];
  /** Newest first, at most 20. */
  runs: readonly RunLine[];
  /** Newest first, at most 500. */
  calls: readonly ModelCallLine[];
}

/** `GET /api/stories/:id/shots/:shotId/prompt`: what was sent for a shot's picture and its speech, without binary data. */
export interface ShotRequests {
  image: unknown;
  speech: unknown;
}
