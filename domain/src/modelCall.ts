import type { StagedFile } from './ports.ts';

/** A request in the journal: where it belongs, and what makes two requests the same. */
export interface CallIdentity {
  runId: string;
  storyId: string;
  workflowTask: string;
  unitKey: string;
  kind: 'text' | 'image' | 'speech';
  model: string;
  /** SHA-256 of the canonical request, hexadecimal. */
  requestHash: string;
}

/** A reply that was stored, and is never paid for again. */
export interface CommittedReply {
  callId: string;
  /** Exactly one of text and file is set. */
  replyText: string | null;
  replyFile: string | null;
  /** SHA-256 of the file's bytes, hexadecimal; null for a text, and for files of releases that did not record it. */
  replySha256: string | null;
}

/** What a call took: tokens, US dollars, milliseconds, and requests sent. */
export interface CallOutcome {
  modelVersion: string;
  responseId: string | null;
  usage: unknown;
  costUsd: number | null;
  latencyMs: number;
  attempts: number;
}

/** A model call in the journal, without its request and its reply. */
export interface ModelCallEntry {
  id: string;
  runId: string;
  workflowTask: string;
  unitKey: string;
  kind: CallIdentity['kind'];
  model: string;
  /** `interrupted`: its run lost the story before the outcome was known; it may have been billed. */
  status: 'started' | 'committed' | 'failed' | 'discarded' | 'interrupted';
  /** US dollars; null while it runs, and if the model has no known price. */
  costUsd: number | null;
  latencyMs: number | null;
  attempts: number | null;
  errorCode: string | null;
  startedAt: Date;
}

/** The calls of one workflow task, added up; the cost in US dollars. */
export interface CallSummary {
  workflowTask: string;
  calls: number;
  costUsd: number;
}

/** Records every model call, so that no reply is paid for twice. */
export interface ModelCallJournal {
  /** The committed reply to the same request: of any run of the story, or only of this run. */
  findCommitted(identity: CallIdentity, scope: 'story' | 'run'): Promise<CommittedReply | null>;
  /**
   * Records that a call is about to be made; returns its id. `request` contains no inline bytes and refers to long texts by
   * their hash; `texts` are stored once per story.
   */
  start(identity: CallIdentity, request: unknown, texts: ReadonlyMap<string, string>): Promise<string>;
  /**
   * Stores the reply to a call. A file is published in the same step, so that it takes its place only while this run holds
   * the story. Committing the same reply again changes nothing.
   * @throws StoryTreeError `lease_lost` if this run may no longer write, `file_error`
   */
  commit(callId: string, reply: { text: string } | { file: StagedFile }, outcome: CallOutcome): Promise<void>;
  /**
   * Records a call that failed. `wasted` is what it cost all the same, which is recorded even if the story is lost.
   * @param latencyMs milliseconds until it failed
   * @throws StoryTreeError `lease_lost` for a call that cost nothing
   */
  fail(callId: string, errorCode: string, latencyMs: number, wasted?: CallOutcome): Promise<void>;
  /** Marks replies that led to nothing usable, so that they are never replayed. */
  discard(callIds: readonly string[]): Promise<void>;
  /** The calls of a run or a story, added up for each workflow task. */
  summarize(filter: { runId: string } | { storyId: string }): Promise<CallSummary[]>;
}
