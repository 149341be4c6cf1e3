import {
  type CallIdentity,
  type CallOutcome,
  type CallSummary,
  type ModelCallJournal,
  StoryTreeError,
} from '@story-tree/domain';

/** A call as the journal stores it. */
export interface JournaledCall extends CallIdentity {
  id: string;
  request: unknown;
  status: 'started' | 'committed' | 'failed' | 'discarded' | 'interrupted';
  replyText: string | null;
  replyFile: string | null;
  replySha256: string | null;
  errorCode: string | null;
  outcome: CallOutcome | null;
}

/** A journal in memory, with its calls in the order in which they were started. */
export interface MemoryJournal extends ModelCallJournal {
  readonly calls: readonly JournaledCall[];
  /** Every long text by its hash. */
  readonly texts: ReadonlyMap<string, string>;
}

const SAME_REQUEST = ['storyId', 'workflowTask', 'unitKey', 'kind', 'model', 'requestHash'] as const;

export function createMemoryJournal(): MemoryJournal {
  const calls: JournaledCall[] = [];
  const texts = new Map<string, string>();

  const started = (callId: string): JournaledCall => {
    const call = calls.find(({ id, status }) => id === callId && status === 'started');
    if (call === undefined) throw new StoryTreeError('not_found', `There is no open call ${callId}.`);
    return call;
  };

  return {
    calls,
    texts,
    async findCommitted(identity, scope) {
      const found = calls.findLast(
        (call) =>
          call.status === 'committed' &&
          SAME_REQUEST.every((field) => call[field] === identity[field]) &&
          (scope === 'story' || call.runId === identity.runId),
      );
      if (found === undefined) return null;
      const { id: callId, replyText, replyFile, replySha256 } = found;
      return { callId, replyText, replyFile, replySha256 };
    },
    async start(identity, request, longTexts) {
      for (const [hash, body] of longTexts) texts.set(hash, body);
      const id = `call-${calls.length + 1}`;
      const empty = { replyText: null, replyFile: null, replySha256: null, errorCode: null, outcome: null };
      calls.push({ ...identity, id, request: structuredClone(request), status: 'started', ...empty });
      return id;
    },
    async commit(callId, reply, outcome) {
      const call = started(callId);
      if ('file' in reply) await reply.file.publish();
      const replied =
        'text' in reply ? { replyText: reply.text } : { replyFile: reply.file.path, replySha256: reply.file.sha256 };
      Object.assign(call, { ...replied, status: 'committed', outcome });
    },
    async fail(callId, errorCode, _latencyMs, wasted) {
      Object.assign(started(callId), { status: 'failed', errorCode, outcome: wasted ?? null });
    },
    async discard(callIds) {
      for (const call of calls) {
        if (callIds.includes(call.id) && call.status === 'committed') call.status = 'discarded';
      }
    },
    async summarize(filter) {
      const counted = calls.filter((call) =>
        'runId' in filter ? call.runId === filter.runId : call.storyId === filter.storyId,
      );
      return [...Map.groupBy(counted, (call) => call.workflowTask)].map(
        ([workflowTask, group]): CallSummary => ({
          workflowTask,
          calls: group.length,
          costUsd: group.reduce((sum, call) => sum + (call.outcome?.costUsd ?? 0), 0),
        }),
      );
    },
  };
}
