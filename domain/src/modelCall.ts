import type { StagedFile } from './ports.ts';

/** A request as the journal knows it: what makes two calls the same, and where they belong. */
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

export interface CommittedReply {
  callId: string;
  /** Exactly one of the two is set. */
  replyText: string | null;
  replyFile: string | null;
  /** Of the file's bytes, hexadecimal; null for a text, and for files of releases that did not keep it. */
  replySha256: string | null;
}

export interface CallOutcome {
  modelVersion: string;
  responseId: string | null;
  usage: unknown;
  costUsd: number | null;
  latencyMs: number;
  attempts: number;
}

/** A call of a model as the journal has it, without what it asked and what it was answered. */
export interface ModelCallEntry {
  id: string;
  runId: string;
  workflowTask: string;
  unitKey: string;
  kind: CallIdentity['kind'];
  model: string;
  /** `interrupted`: whoever made it lost the story before the outcome was known; it may have been billed. */
  status: 'started' | 'committed' | 'failed' | 'discarded' | 'interrupted';
  /** Null while it runs, and when the model has no price. */
  costUsd: number | null;
  latencyMs: number | null;
  attempts: number | null;
  errorCode: string | null;
  startedAt: Date;
}

export interface CallSummary {
  workflowTask: string;
  calls: number;
  costUsd: number;
}

export interface ModelCallJournal {
  /** The committed reply to the same request: of any run of the story, or of this run alone. */
  findCommitted(identity: CallIdentity, scope: 'story' | 'run'): Promise<CommittedReply | null>;
  /**
   * Notes that a call is about to be made; returns its id. `request` holds no inline bytes and refers to long texts by
   * their hash; `texts` are stored once per story.
   */
  start(identity: CallIdentity, request: unknown, texts: ReadonlyMap<string, string>): Promise<string>;
  /**
   * Keeps what a call was answered. A file is published in the same step, so that it takes its place only while this run
   * holds the story. Committing the same reply again changes nothing.
   * @throws StoryTreeError `lease_lost` when this run may write no more, `file_error`
   */
  commit(callId: string, reply: { text: string } | { file: StagedFile }, outcome: CallOutcome): Promise<void>;
  /**
   * Notes a call that came to nothing. `wasted` is what it cost all the same: that is noted even when the story is lost.
   * @throws StoryTreeError `lease_lost` for a call that cost nothing
   */
  fail(callId: string, errorCode: string, latencyMs: number, wasted?: CallOutcome): Promise<void>;
  /** These replies led nowhere: never replay them. */
  discard(callIds: readonly string[]): Promise<void>;
  summarize(filter: { runId: string } | { storyId: string }): Promise<CallSummary[]>;
}
