import type { FeedFilter, StoryBundle, StoryTasksRepository, Submitted, UncheckedRequest } from '@story-tree/domain';
import type {
  ChatMessage,
  ConstitutionVersionOnWire,
  ErrorBody,
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

/** What routes and server components may ask. */
export interface AppServices {
  sessions: Sessions;
  /** The project whose Realtime tells pages what happens; null where this server’s own stream does. */
  realtime: SupabaseProject | null;
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
  health: HealthChecks;
  /** What callers are told of an error; unexpected ones are logged. */
  explain(thrown: unknown): ErrorReply;
}

/** Which parts are available now. One that does not answer within two seconds counts as missing. */
export interface HealthChecks {
  /** Whether pages and play work: the database answers. */
  canServe(): Promise<boolean>;
  /** Whether tasks are worked on: the queue answers, and a worker takes tasks. */
  canWork(): Promise<boolean>;
  /** Every part. */
  overview(): Promise<Health>;
}

/** An error as it leaves the app: a status and the one shape. */
export interface ErrorReply {
  status: number;
  body: ErrorBody;
  /** In seconds, where it is known when trying again may help. */
  retryAfter?: string;
}

/** Who makes a request. */
export interface Caller {
  /** The person's id at Supabase, or that of nobody. */
  id: string;
  email: string | null;
  /** May change things. */
  isOperator: boolean;
  /** When the sign-in expires; null where nobody signs in. */
  expiresAt: Date | null;
}

/** Where the sign-in page takes people's names and passwords. */
export interface SupabaseProject {
  url: string;
  publishableKey: string;
}

/** Signing in and out. The browser renews the token at Supabase and begins another session with each one. */
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
   * @param headers those of the request: they tell whether the cookie may only go over HTTPS
   * @returns who it is, and the header that sets the cookie
   * @throws StoryTreeError `unauthorized` for a token that is not valid, `not_configured` where nobody signs in
   */
  begin(accessToken: string, headers: Headers): Promise<{ session: SessionOnWire; cookie: string }>;
  /** @returns the header that clears the cookie */
  end(headers: Headers): string;
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

/** What runs will take. Nothing is made or changed. */
export interface Estimating {
  /** @throws StoryTreeError `invalid_input` for a task that does not exist */
  ofNewStory(wanted: { targetScenelets?: number | undefined; until?: string | undefined }): Promise<RunEstimate>;
  /**
   * Of one task, or with `ALL` of everything that is missing.
   * @throws StoryTreeError `not_found`, `invalid_input`, `prerequisite_missing` for a task that could not run
   */
  ofStory(storyId: string, wanted: { task: string; override?: boolean | undefined }): Promise<RunEstimate>;
}

/** What a story has cost so far. @throws StoryTreeError `not_found` */
export type CostReading = (storyId: string) => Promise<StoryCosts>;

/** What the models were asked for a shot, the last time. @throws StoryTreeError `not_found` */
export type ShotRequestReading = (storyId: string, shotId: string) => Promise<ShotRequests>;

/**
 * What pages and programs read about tasks. Cursors say where a stream continues, so that nothing is missed in between.
 */
export interface TaskReading {
  /**
   * @param log which lines of it: so many, the newest of all or of those before an event
   * @throws StoryTreeError `not_found`
   */
  detail(taskId: string, log: { limit: number; before?: string | undefined }): Promise<TaskDetail>;
  /** Tasks of one story, also of a deleted one. @throws StoryTreeError `not_found` */
  ofStory(storyId: string, page: Parameters<StoryTasksRepository['list']>[1]): Promise<TaskPage>;
  /** Tasks of all stories: with the first page active ones all, and on each ended ones, latest end first. */
  overview(page: Parameters<StoryTasksRepository['overview']>[0]): Promise<TaskPage>;
  /** What was said about a story's constitution, oldest first. @throws StoryTreeError `not_found` */
  chat(storyId: string): Promise<{ messages: readonly ChatMessage[]; cursor: string }>;
}

/** Asking for tasks on behalf of whoever makes the request. */
export interface TaskRequests {
  /** @throws StoryTreeError as {@link StoryTasks.submit} */
  submit(request: Omit<UncheckedRequest, 'requestedBy' | 'mode'>): Promise<Submitted>;
  /** @throws StoryTreeError `not_found`, `task_ended` */
  cancel(taskId: string): Promise<TaskSummary>;
}

/** An answer in the making, for whoever makes responses. */
export interface FileAnswer {
  status: 200 | 206 | 304 | 416;
  headers: Readonly<Record<string, string>>;
  body: ReadableStream<Uint8Array> | string | null;
}

/** The pictures and sounds of stories, as they are stored right now. */
export interface GeneratedFiles {
  /**
   * @param segments the decoded path below `generated/`
   * @param headers of the request: ranges and conditions
   * @throws StoryTreeError `not_found`
   */
  answer(segments: readonly string[], headers: Headers): Promise<FileAnswer>;
  /**
   * A picture made smaller.
   * @param width in pixels
   * @throws StoryTreeError `not_found`, also for a broken picture; `bad_request` for what is not a picture
   */
  thumbnail(segments: readonly string[], width: number, headers: Headers): Promise<FileAnswer>;
}

export interface AppMetrics {
  /**
   * Everything as Prometheus reads it. While a part is missing, its up gauge is 0, and the numbers that it would give
   * stay at what they were last.
   */
  text(): Promise<string>;
  contentType: string;
}

export interface StreamRequest {
  filter: FeedFilter;
  /** The last message that the client has received, as it reports it. */
  lastEventId: string | null;
  /** The same for a first request; a browser that reconnects repeats it, so the other takes precedence. */
  after: string | null;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** When the caller's access ends; null for never. */
  expiresAt: Date | null;
}

/** Live streams of what happens to tasks. */
export interface TaskStreams {
  /**
   * @returns null for the stream of a task that has ended and whose log the client has: there is nothing to wait for
   * @throws StoryTreeError `bad_request` for something that is not a cursor, `not_found` for an unknown task or story,
   * `too_many_requests`
   */
  open(request: StreamRequest): Promise<ReadableStream<Uint8Array> | null>;
  /** How many are open now. */
  count(): number;
  /** Ends them all; each client continues from its last cursor, here or at another server. */
  closeAll(): void;
}
