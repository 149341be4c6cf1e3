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
  status: 'started' | 'committed' | 'failed' | 'discarded';
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
  commit(callId: string, reply: { text: string } | { file: string }, outcome: CallOutcome): Promise<void>;
  /** `wasted` is what the call cost all the same. */
  fail(callId: string, errorCode: string, latencyMs: number, wasted?: CallOutcome): Promise<void>;
  /**
   * Called before a reply becomes a file.
   * @throws StoryTreeError `lease_lost` when this run may write no more
   */
  assertWritable(): Promise<void>;
  /** These replies led nowhere: never replay them. */
  discard(callIds: readonly string[]): Promise<void>;
  summarize(filter: { runId: string } | { storyId: string }): Promise<CallSummary[]>;
}
