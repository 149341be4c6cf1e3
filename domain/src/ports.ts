import type { AudioDesign } from './documents/audioDesign.ts';
import type { SceneletContent } from './documents/script.ts';
import type { StoryboardEntry } from './documents/storyboard.ts';
import type { VisualDesign } from './documents/visualDesign.ts';
import type { VisualReference } from './documents/visualReference.ts';
import type {
  CreationOptions,
  ReferenceImageKind,
  ReferenceImageRecord,
  Scenelet,
  Shot,
  Story,
  StoryMode,
} from './story.ts';

export interface NewStory {
  displayName: string;
  namedByPerson: boolean;
  initialPrompt: string;
  creationOptions: CreationOptions;
  mode: StoryMode;
}

export interface NewConstitution {
  markdown: string;
  targetSceneletsPerPath: number;
  /** Becomes the display name unless a person chose one. */
  proposedTitle: string;
}

/** Where a version of a constitution comes from. */
export type ConstitutionOrigin = 'generated' | 'chat' | 'restored';

export interface ConstitutionVersion {
  version: number;
  markdown: string;
  origin: ConstitutionOrigin;
  createdAt: Date;
  /** The story task, or the run of the command line, that made it; null where that is not known. */
  runId: string | null;
}

export interface StoriesRepository {
  create(story: NewStory): Promise<Story>;
  /** Null when there is no such story, or it was deleted. */
  get(storyId: string): Promise<Story | null>;
  /** Newest first, deleted ones left out. */
  list(): Promise<Story[]>;
  /** Gives the story the name that a person chose. Needs no lease. */
  rename(storyId: string, displayName: string): Promise<void>;
  /** Stores the text as the newest version as well; returns the version's number. */
  saveConstitution(storyId: string, constitution: NewConstitution): Promise<number>;
  /** Replaces the text alone, by a new version that its maker can find by `runId`; returns its number. */
  reviseConstitution(storyId: string, markdown: string, origin: ConstitutionOrigin, runId?: string): Promise<number>;
  /** Newest first. */
  constitutionVersions(storyId: string): Promise<ConstitutionVersion[]>;
  /** Null clears the document. */
  saveVisualDesign(storyId: string, document: VisualDesign | null): Promise<void>;
  saveVisualReference(storyId: string, document: VisualReference | null): Promise<void>;
  saveAudioDesign(storyId: string, document: AudioDesign | null): Promise<void>;
  /** Removes what was made of a story and hides it; its row stays. */
  markDeleted(storyId: string): Promise<void>;
}

export interface NewScenelet {
  label: string;
  ordinal: number;
  choiceLabelFromParent: string | null;
  content: SceneletContent;
  isTerminalNode: boolean;
}

/** One reply of the script's model: what becomes of the parent, and what follows it. */
export interface ScriptStep {
  parentId: string | null;
  /** Set when the parent is a branch point. */
  choicePrompt: string | null;
  scenelets: readonly NewScenelet[];
}

export interface SceneletsRepository {
  /** Depth first, siblings by ordinal. */
  list(storyId: string): Promise<Scenelet[]>;
  /** Stores the step whole or not at all; returns the new scenelets in their order. */
  addStep(storyId: string, step: ScriptStep): Promise<Scenelet[]>;
  markTerminal(storyId: string, sceneletId: string): Promise<void>;
  /** Removes all scenelets and, with them, all shots. */
  deleteAll(storyId: string): Promise<void>;
}

export interface NewShot {
  shotIndex: number;
  storyboard: StoryboardEntry;
}

export interface ShotsRepository {
  /** By scenelet sequence and shot index; of one scenelet where it is given. */
  list(storyId: string, sceneletId?: string): Promise<Shot[]>;
  /** Replaces the shots of one scenelet, all or none. */
  replaceForScenelet(storyId: string, sceneletId: string, sequence: number, shots: readonly NewShot[]): Promise<void>;
  /** Gives scenelets their places anew, after the tree has grown. */
  renumber(storyId: string, sequences: ReadonlyMap<string, number>): Promise<void>;
  setKeyFrame(storyId: string, shotId: string, path: string | null): Promise<void>;
  setAudio(storyId: string, shotId: string, path: string | null): Promise<void>;
  deleteAll(storyId: string): Promise<void>;
}

export interface ReferenceImagesRepository {
  list(storyId: string): Promise<ReferenceImageRecord[]>;
  set(storyId: string, image: ReferenceImageRecord): Promise<void>;
  deleteAll(storyId: string, kind: ReferenceImageKind): Promise<void>;
}

/** All that is stored of stories. Bound to a lease, every write fails with `lease_lost` once the lease is gone. */
export interface StoryRepositories {
  stories: StoriesRepository;
  scenelets: SceneletsRepository;
  shots: ShotsRepository;
  referenceImages: ReferenceImagesRepository;
  /**
   * Changes files of a story while nobody else can take the story. The work should be short: whoever waits for the story
   * waits for it, and the database ends what takes it longer than a minute. What the work has done counts, even when the
   * database goes away right after it.
   * @throws StoryTreeError `lease_lost` before the work began, `not_found`, and what the work throws
   */
  whileHeld<T>(storyId: string, work: () => Promise<T>): Promise<T>;
}

export interface StoryLease {
  storyId: string;
  /** Rises with every holder. */
  fence: string;
  /** Aborts when the lease could not be kept. */
  lost: AbortSignal;
  /** Gives it back, unless it has been forgotten. */
  release(): Promise<void>;
  /** For one that was given back in another way, by the end of its task. */
  forget(): void;
}

export interface StoryLeases {
  /**
   * Takes the right to write to a story and keeps it until released.
   * @throws StoryTreeError `story_busy` naming the holder, `not_found`
   */
  acquire(storyId: string, holder: string): Promise<StoryLease>;
  /** Who may write to a story now; null when nobody has taken that right. */
  holder(storyId: string): Promise<string | null>;
}

/**
 * A file that is written but not yet in its place. Only whoever holds the story may publish it: inside
 * `ModelCallJournal.commit` or `StoryRepositories.whileHeld`.
 */
export interface StagedFile {
  path: string;
  /** Of its bytes, hexadecimal. */
  sha256: string;
  /**
   * Puts it in its place, on the disk: a reader sees the old file or the new one, never half of one. Once done, doing it
   * again changes nothing.
   * @throws StoryTreeError `file_error`
   */
  publish(): Promise<void>;
  /** Removes it, unless it has been published. Never fails: what stays behind is swept by the next writer. */
  discard(): Promise<void>;
}

/** What is known of a file without reading it: bytes, and when it last changed, in milliseconds. */
export interface AssetFacts {
  size: number;
  modified: number;
}

/** A file as it was when it was opened: what takes its place later does not show here. */
export interface OpenAsset extends AssetFacts, AsyncDisposable {
  bytes(): Promise<Uint8Array>;
  /** Its content, or the part from `start` to `end`, both included. Closes the file at its end, or when it is cancelled. */
  stream(range?: { start: number; end: number }): ReadableStream<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The files of all stories, by the relative paths that rows keep. What lies behind a symbolic link is no file of a story:
 * it counts as missing, and is neither read nor written nor deleted.
 */
export interface AssetStore {
  exists(path: string): Promise<boolean>;
  /** Null when there is no such file. */
  stat(path: string): Promise<AssetFacts | null>;
  /** Null when there is no such file. Whoever opens it closes it. */
  open(path: string): Promise<OpenAsset | null>;
  /**
   * Copies a file to a place outside the store, as a clone that shares its blocks where the file system can.
   * @returns false when there is no such file
   */
  copyTo(path: string, target: string): Promise<boolean>;
  /** @throws StoryTreeError `file_error` when there is no such file */
  read(path: string): Promise<Uint8Array>;
  /** SHA-256 of the file's bytes, hexadecimal; null when there is no such file. */
  sha256(path: string): Promise<string | null>;
  /**
   * Brings bytes to the disk under a temporary name, where no reader sees them.
   * @throws StoryTreeError `file_error`
   */
  stage(path: string, bytes: Uint8Array): Promise<StagedFile>;
  remove(path: string): Promise<void>;
  /**
   * Removes what earlier writers of a story staged. For the story's one writer, before it publishes anything: then a
   * writer that was stopped right before it published, and lost the story meanwhile, has nothing left to publish.
   */
  sweep(storyId: string): Promise<void>;
}
