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

/** How a version of a constitution came about. */
export type ConstitutionOrigin = 'generated' | 'chat' | 'restored';

export interface ConstitutionVersion {
  version: number;
  markdown: string;
  origin: ConstitutionOrigin;
  createdAt: Date;
  /** The story task, or the run of the command line, that made it; null if that is not known. */
  runId: string | null;
}

export interface StoriesRepository {
  create(story: NewStory): Promise<Story>;
  /** Null if there is no such story, or it was deleted. */
  get(storyId: string): Promise<Story | null>;
  /** Newest first, without deleted ones. */
  list(): Promise<Story[]>;
  /** Gives the story a name chosen by a person. Needs no lease. */
  rename(storyId: string, displayName: string): Promise<void>;
  /** Stores the constitution and adds its text as the newest version; returns the version's number. */
  saveConstitution(storyId: string, constitution: NewConstitution): Promise<number>;
  /** Replaces only the text, by a new version that can be found by `runId`; returns its number. */
  reviseConstitution(storyId: string, markdown: string, origin: ConstitutionOrigin, runId?: string): Promise<number>;
  /** Newest first. */
  constitutionVersions(storyId: string): Promise<ConstitutionVersion[]>;
  /** Null clears the document. */
  saveVisualDesign(storyId: string, document: VisualDesign | null): Promise<void>;
  saveVisualReference(storyId: string, document: VisualReference | null): Promise<void>;
  saveAudioDesign(storyId: string, document: AudioDesign | null): Promise<void>;
  /** Removes everything made for a story and hides it; its row stays. */
  markDeleted(storyId: string): Promise<void>;
}

export interface NewScenelet {
  label: string;
  ordinal: number;
  choiceLabelFromParent: string | null;
  content: SceneletContent;
  isTerminalNode: boolean;
}

/** One reply of the script's model: what the parent becomes, and what follows it. */
export interface ScriptStep {
  parentId: string | null;
  /** Set if the parent is a branch point. */
  choicePrompt: string | null;
  scenelets: readonly NewScenelet[];
}

export interface SceneletsRepository {
  /** Depth first, siblings by ordinal. */
  list(storyId: string): Promise<Scenelet[]>;
  /** Stores the whole step or nothing; returns the new scenelets in order. */
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
  /** Sorted by scenelet sequence and shot index; only those of one scenelet, if it is given. */
  list(storyId: string, sceneletId?: string): Promise<Shot[]>;
  /** Replaces the shots of one scenelet, all or none. */
  replaceForScenelet(storyId: string, sceneletId: string, sequence: number, shots: readonly NewShot[]): Promise<void>;
  /** Updates the positions of scenelets after the tree has grown. */
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

/** Everything stored about stories. If bound to a lease, every write fails with `lease_lost` once the lease is gone. */
export interface StoryRepositories {
  stories: StoriesRepository;
  scenelets: SceneletsRepository;
  shots: ShotsRepository;
  referenceImages: ReferenceImagesRepository;
  /**
   * Changes files of a story while nobody else can take the story. The work should be short: others wait for it, and the
   * database ends work that takes longer than a minute. Completed work counts, even if the database becomes unreachable right
   * after it.
   * @throws StoryTreeError `lease_lost` before the work begins, `not_found`, and whatever the work throws
   */
  whileHeld<T>(storyId: string, work: () => Promise<T>): Promise<T>;
}

export interface StoryLease {
  storyId: string;
  /** Increases with every holder. */
  fence: string;
  /** Aborts when the lease could not be renewed. */
  lost: AbortSignal;
  /** Gives the lease back, unless it has been forgotten. */
  release(): Promise<void>;
  /** Forgets a lease that was given back in another way, by the end of its task. */
  forget(): void;
}

export interface StoryLeases {
  /**
   * Takes the right to write to a story and keeps it until released.
   * @throws StoryTreeError `story_busy` naming the holder, `not_found`
   */
  acquire(storyId: string, holder: string): Promise<StoryLease>;
  /** Who may write to a story now; null if nobody has taken that right. */
  holder(storyId: string): Promise<string | null>;
}

/**
 * A file that is written but not yet in its place. Only the holder of the story may publish it: inside
 * `ModelCallJournal.commit` or `StoryRepositories.whileHeld`.
 */
export interface StagedFile {
  path: string;
  /** SHA-256 of its bytes, hexadecimal. */
  sha256: string;
  /**
   * Puts it durably in its place: a reader sees the old file or the new one, never half of one. Publishing it again changes
   * nothing.
   * @throws StoryTreeError `file_error`
   */
  publish(): Promise<void>;
  /** Removes it, unless it has been published. Never fails: what is left behind is swept by the next writer. */
  discard(): Promise<void>;
}

/** Facts about a file: its size in bytes, and when it last changed, in milliseconds since the epoch. */
export interface AssetFacts {
  size: number;
  modified: number;
}

/** A file as it was when it was opened, even if another has taken its place since. */
export interface OpenAsset extends AssetFacts, AsyncDisposable {
  bytes(): Promise<Uint8Array>;
  /** Its content, or the bytes from `start` to `end` inclusive. Closes the file at the end of the stream, or when cancelled. */
  stream(range?: { start: number; end: number }): ReadableStream<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The files of all stories, by the relative paths that rows store. A file behind a symbolic link is not a story file: it
 * counts as missing, and is neither read nor written nor deleted.
 */
export interface AssetStore {
  exists(path: string): Promise<boolean>;
  /** Null if there is no such file. */
  stat(path: string): Promise<AssetFacts | null>;
  /** Null if there is no such file. The caller closes it. */
  open(path: string): Promise<OpenAsset | null>;
  /**
   * Copies a file to a place outside the store, as a clone that shares its blocks where the file system can.
   * @returns false if there is no such file
   */
  copyTo(path: string, target: string): Promise<boolean>;
  /** @throws StoryTreeError `file_error` if there is no such file */
  read(path: string): Promise<Uint8Array>;
  /** SHA-256 of the file's bytes, hexadecimal; null if there is no such file. */
  sha256(path: string): Promise<string | null>;
  /**
   * Writes bytes to the disk under a temporary name, where no reader sees them.
   * @throws StoryTreeError `file_error`
   */
  stage(path: string, bytes: Uint8Array): Promise<StagedFile>;
  remove(path: string): Promise<void>;
  /**
   * Removes what earlier writers of a story staged. The story's one writer calls it before it publishes anything: then a
   * writer that was paused right before publishing, and lost the story meanwhile, has nothing left to publish.
   */
  sweep(storyId: string): Promise<void>;
}
