import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FeedFilter, StoryBundle, StoryTasksRepository, Submitted, UncheckedRequest } from '@story-tree/domain';
import type {
  ChatMessage,
  ConstitutionVersionOnWire,
  Health,
  RunEstimate,
  SessionOnWire,
  ShotRequests,
  StoryCard,
  StoryCosts,
  StoryDetail,
  TaskDetail,
  TaskPage,
  TaskSummary,
} from '../wire/index.ts';
import type { Caller } from './auth/caller.ts';
import type { GeneratedFiles } from './files/generatedFiles.ts';
import type { ErrorReply } from './http/errorReply.ts';
import type { Target } from './http/target.ts';

/** What routes and server components may ask. */
export interface AppServices {
  sessions: Sessions;
  stories: StoryReading;
  costs: CostReading;
  estimating: Estimating;
  shotRequests: ShotRequestReading;
  tasks: TaskReading & TaskRequests;
  streams: TaskStreams;
  bundles: Bundles;
  /** The page that plays a story, and the address at which a story begins in it. */
  player: { html: string; address(storyId: string, scenelet: string | null): Promise<string> };
  files: GeneratedFiles;
  metrics: AppMetrics;
  health(): Promise<Health>;
  /** What an error is to those who called; unexpected ones are logged. */
  explain(thrown: unknown): ErrorReply;
}

/** Where the sign-in page takes people's names and passwords. */
export interface SupabaseProject {
  url: string;
  publishableKey: string;
}

/** Signing in and out. The browser renews the token at Supabase and begins a session anew with each one. */
export interface Sessions {
  /** Whether people have to sign in. */
  isRequired: boolean;
  /** Null unless the environment names a project. */
  project: SupabaseProject | null;
  /** Who makes the request that is being answered; null for a stranger. */
  caller(): Caller | null;
  /** The same for pages. @throws StoryTreeError `unauthorized` for a stranger */
  current(): SessionOnWire;
  /**
   * @returns who it is, and the header that sets the cookie
   * @throws StoryTreeError `unauthorized` for a token that does not hold, `not_configured` where nobody signs in
   */
  begin(accessToken: string, isSecure: boolean): Promise<{ session: SessionOnWire; cookie: string }>;
  /** @returns the header that clears the cookie */
  end(isSecure: boolean): string;
}

export interface BundleDownload {
  /** Of ASCII letters, digits and hyphens alone. */
  fileName: string;
  body: ReadableStream<Uint8Array>;
}

/** Stories as the player has them. */
export interface Bundles {
  /**
   * For the player within the app.
   * @throws StoryTreeError `not_found`, `no_playable_content`, `prerequisite_missing`, `bundle_invalid`
   */
  embedded(storyId: string): Promise<StoryBundle>;
  /**
   * The folder that plays the story anywhere, as one zip.
   * @throws StoryTreeError as {@link embedded}, and `too_many_requests`
   */
  download(storyId: string): Promise<BundleDownload>;
}

/** What pages show of stories. Deleted ones are missing. */
export interface StoryReading {
  /** Newest first. */
  cards(): Promise<StoryCard[]>;
  /** Whether there is a story of that id. */
  has(storyId: string): Promise<boolean>;
  /** @throws StoryTreeError `not_found` */
  detail(storyId: string): Promise<StoryDetail>;
  /** Newest first. @throws StoryTreeError `not_found` */
  constitutionVersions(storyId: string): Promise<readonly ConstitutionVersionOnWire[]>;
}

/** What runs are going to take. Nothing is made or changed. */
export interface Estimating {
  /** @throws StoryTreeError `invalid_input` for a task that does not exist */
  ofNewStory(wanted: { targetScenelets?: number | undefined; until?: string | undefined }): Promise<RunEstimate>;
  /**
   * Of one task, or of `ALL` that is missing.
   * @throws StoryTreeError `not_found`, `invalid_input`, `prerequisite_missing` for a task that could not run
   */
  ofStory(storyId: string, wanted: { task: string; override?: boolean | undefined }): Promise<RunEstimate>;
}

/** What a story has cost so far. @throws StoryTreeError `not_found` */
export type CostReading = (storyId: string) => Promise<StoryCosts>;

/** What the models were asked for a shot, the last time. @throws StoryTreeError `not_found` */
export type ShotRequestReading = (storyId: string, shotId: string) => Promise<ShotRequests>;

/** What pages and programs read of tasks. Cursors say where a stream goes on so that nothing is missed in between. */
export interface TaskReading {
  /** @throws StoryTreeError `not_found` */
  detail(taskId: string): Promise<TaskDetail>;
  /** Tasks of one story, also of a deleted one. @throws StoryTreeError `not_found` */
  ofStory(storyId: string, page: Parameters<StoryTasksRepository['list']>[1]): Promise<TaskPage>;
  /** Tasks of all stories: with the first page active ones all, and on each ended ones, latest end first. */
  overview(page: Parameters<StoryTasksRepository['overview']>[0]): Promise<TaskPage>;
  /** What was said about a story's constitution, oldest first. @throws StoryTreeError `not_found` */
  chat(storyId: string): Promise<{ messages: readonly ChatMessage[]; cursor: string }>;
}

/** Asking for tasks in the name of whoever makes the request. */
export interface TaskRequests {
  /** @throws StoryTreeError as {@link StoryTasks.submit} */
  submit(request: Omit<UncheckedRequest, 'requestedBy' | 'mode'>): Promise<Submitted>;
  /** @throws StoryTreeError `not_found`, `task_ended` */
  cancel(taskId: string): Promise<TaskSummary>;
}

export interface AppMetrics {
  /** Counts a request and its answer. */
  observe(request: IncomingMessage, response: ServerResponse, target: Target): void;
  /** Everything as Prometheus reads it; without the queue's numbers while the queue does not answer. */
  text(): Promise<string>;
  contentType: string;
}

export interface StreamRequest {
  filter: FeedFilter;
  /** The last message that the client has, as it says so. */
  lastEventId: string | null;
  /** The same for a first request; a browser that reconnects repeats it, so that the other counts more. */
  after: string | null;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** When whoever asked may see no more; null for never. */
  expiresAt: Date | null;
}

/** Live streams of what happens to tasks. */
export interface TaskStreams {
  /**
   * @returns null for the stream of a task that has ended and said all there was: there is nothing to wait for
   * @throws StoryTreeError `bad_request` for a cursor that is none, `not_found` for an unknown task or story,
   * `too_many_requests`
   */
  open(request: StreamRequest): Promise<ReadableStream<Uint8Array> | null>;
  /** How many are open now. */
  count(): number;
  /** Ends them all; each client goes on from its last cursor, here or at another server. */
  closeAll(): void;
}
