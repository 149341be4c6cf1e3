import {
  type CallIdentity,
  type CallOutcome,
  type CallSummary,
  type CommittedReply,
  type ModelCallJournal,
  type StagedFile,
  StoryTreeError,
} from '@story-tree/domain';
import { type Kysely, sql, type Transaction, type UpdateObject } from 'kysely';
import type { Patience } from './patience.ts';
import { createStoryAccess, type StoryAccess, type StoryFence } from './repositories/storyAccess.ts';
import type { DB } from './schema.ts';
import { storableText, toJson } from './storable.ts';

/**
 * The journal of model calls. With a fence, it accepts no reply once the lease is gone: a writer that lost its story must
 * not leave replies behind that the next one would build on. What was paid is recorded all the same. Latencies are in
 * milliseconds, costs in US dollars.
 *
 * Its methods reject with a `StoryTreeError`: `lease_lost` under a fence that no longer holds, `not_found` for a story
 * that does not exist and for a call that has already ended, `database_unavailable` while the database is away.
 *
 * @param fence proof of the lease that writes are bound to; without it, they are bound to none
 * @param patience how to wait for a database that is away; without it, such a failure is reported at once
 */
export function createModelCallJournal(db: Kysely<DB>, fence?: StoryFence, patience?: Patience): ModelCallJournal {
  const access = createStoryAccess(db, fence, patience);
  const storyOfCall = new Map<string, string>();
  const keptTexts = new Set<string>();

  /** Writes down how a call ended; then its story need not be known any more. */
  const end = async (callId: string, write: (storyId: string) => Promise<void>) => {
    await write(storyOfCall.get(callId) ?? (await findStory(access, callId)));
    storyOfCall.delete(callId);
  };

  return {
    findCommitted: (identity, scope) => findCommitted(access, identity, scope),

    async start(identity, request, texts) {
      const { storyId } = identity;
      const place = (sha256: string) => `${storyId}/${sha256}`;
      const unknown = new Map([...texts].filter(([sha256]) => !keptTexts.has(place(sha256))));
      const callId = await access.write(storyId, async (tx) => {
        await keepTexts(tx, storyId, unknown);
        return await insertCall(tx, identity, request);
      });
      for (const sha256 of unknown.keys()) keptTexts.add(place(sha256));
      storyOfCall.set(callId, storyId);
      return callId;
    },

    commit: (callId, reply, outcome) =>
      end(callId, (storyId) =>
        'text' in reply
          ? commitText(access, { callId, storyId }, reply.text, outcome)
          : commitFile(access, { callId, storyId }, reply.file, outcome),
      ),

    fail: (callId, errorCode, latencyMs, wasted) =>
      end(callId, (storyId) => {
        const failure = { status: 'failed', error_code: errorCode, latency_ms: Math.round(latencyMs) } as const;
        return wasted === undefined
          ? failForNothing(access, { callId, storyId }, failure)
          : failAtACost(access, callId, { ...outcomeColumns(wasted), ...failure });
      }),

    async discard(callIds) {
      if (callIds.length === 0) return;
      const stories = await access.query((db) =>
        db.selectFrom('model_calls').select('story_id').distinct().where('id', 'in', callIds).execute(),
      );
      for (const { story_id } of stories) {
        await access.write(story_id, (tx) =>
          tx
            .updateTable('model_calls')
            .set({ status: 'discarded' })
            .where('story_id', '=', story_id)
            .where('id', 'in', callIds)
            .where('status', '=', 'committed')
            .execute(),
        );
      }
    },

    summarize: (filter) => summarize(access, filter),
  };
}

function outcomeColumns(outcome: CallOutcome): UpdateObject<DB, 'model_calls'> {
  return {
    model_version: storableText(outcome.modelVersion),
    response_id: outcome.responseId === null ? null : storableText(outcome.responseId),
    usage: toJson(outcome.usage),
    cost_usd: outcome.costUsd,
    latency_ms: Math.round(outcome.latencyMs),
    attempts: outcome.attempts,
  };
}

async function findCommitted(
  access: StoryAccess,
  identity: CallIdentity,
  scope: 'story' | 'run',
): Promise<CommittedReply | null> {
  const row = await access.query((db) =>
    db
      .selectFrom('model_calls')
      .select(['id', 'reply_text', 'reply_file', 'reply_sha256'])
      .where('story_id', '=', identity.storyId)
      .where('workflow_task', '=', identity.workflowTask)
      .where('unit_key', '=', identity.unitKey)
      .where('request_hash', '=', identity.requestHash)
      .where('kind', '=', identity.kind)
      .where('model', '=', identity.model)
      .where('status', '=', 'committed')
      .$if(scope === 'run', (query) => query.where('run_id', '=', identity.runId))
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const { id, reply_text, reply_file, reply_sha256 } = row;
  return { callId: id, replyText: reply_text, replyFile: reply_file, replySha256: reply_sha256 };
}

async function insertCall(tx: Transaction<DB>, identity: CallIdentity, request: unknown): Promise<string> {
  const { id } = await tx
    .insertInto('model_calls')
    .values({
      run_id: identity.runId,
      story_id: identity.storyId,
      workflow_task: identity.workflowTask,
      unit_key: identity.unitKey,
      kind: identity.kind,
      model: identity.model,
      request_hash: identity.requestHash,
      request: toJson(request),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function keepTexts(tx: Transaction<DB>, storyId: string, texts: ReadonlyMap<string, string>): Promise<void> {
  if (texts.size === 0) return;
  // The texts are long, so those that are stored already are not sent again.
  const kept = await tx
    .selectFrom('model_call_texts')
    .select('sha256')
    .where('story_id', '=', storyId)
    .where('sha256', 'in', [...texts.keys()])
    .execute();
  const known = new Set(kept.map((row) => row.sha256));
  const rows = [...texts]
    .filter(([sha256]) => !known.has(sha256))
    .map(([sha256, body]) => ({ story_id: storyId, sha256, body: storableText(body) }));
  if (rows.length === 0) return;
  await tx
    .insertInto('model_call_texts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function findStory(access: StoryAccess, callId: string): Promise<string> {
  const call = await access.query((db) =>
    db.selectFrom('model_calls').select('story_id').where('id', '=', callId).executeTakeFirst(),
  );
  if (call === undefined) throw callNotOpen(callId);
  return call.story_id;
}

interface OpenCall {
  callId: string;
  storyId: string;
}

type Ending = UpdateObject<DB, 'model_calls'>;

const asCommitted = (outcome: CallOutcome): Ending => ({ ...outcomeColumns(outcome), status: 'committed' });

async function commitText(
  access: StoryAccess,
  { callId, storyId }: OpenCall,
  text: string,
  outcome: CallOutcome,
): Promise<void> {
  const reply_text = storableText(text);
  const row = await access.change(storyId, (db, mayWrite) =>
    endCall(db, callId, { ...asCommitted(outcome), reply_text })
      .where(mayWrite)
      .executeTakeFirst(),
  );
  // Where an earlier attempt arrived and only its answer got lost, the reply is there.
  if (row === undefined) await requireEnded(access, callId, { status: 'committed', reply_text });
}

/** In this order: nobody takes the story while the row is locked, and no call is committed whose file is not published. */
async function commitFile(
  access: StoryAccess,
  { callId, storyId }: OpenCall,
  file: StagedFile,
  outcome: CallOutcome,
): Promise<void> {
  await access.write(storyId, async (tx) => {
    const ending = { ...asCommitted(outcome), reply_file: file.path, reply_sha256: file.sha256 };
    const row = await endCall(tx, callId, ending).executeTakeFirst();
    if (row === undefined) throw callNotOpen(callId);
    await file.publish();
  });
}

async function failForNothing(access: StoryAccess, { callId, storyId }: OpenCall, failure: Ending): Promise<void> {
  const row = await access.change(storyId, (db, mayWrite) =>
    endCall(db, callId, failure).where(mayWrite).executeTakeFirst(),
  );
  if (row === undefined) await requireEnded(access, callId, { status: 'failed' });
}

/** Bound to no lease: what was paid is a fact, and no later work builds on this call. */
async function failAtACost(access: StoryAccess, callId: string, failure: Ending): Promise<void> {
  const row = await access.query((db) => endCall(db, callId, failure, 'interrupted').executeTakeFirst());
  if (row === undefined) await requireEnded(access, callId, { status: 'failed' });
}

function endCall(db: Kysely<DB>, callId: string, ending: Ending, ...orFrom: 'interrupted'[]) {
  return db
    .updateTable('model_calls')
    .set({ ...ending, finished_at: sql<Date>`now()` })
    .where('id', '=', callId)
    .where('status', 'in', ['started', ...orFrom])
    .returning('id');
}

/** @throws StoryTreeError `not_found` unless the call has ended in this very way */
async function requireEnded(
  access: StoryAccess,
  callId: string,
  { status, reply_text }: { status: 'committed' | 'failed'; reply_text?: string },
): Promise<void> {
  const row = await access.query((db) =>
    db
      .selectFrom('model_calls')
      .select('id')
      .where('id', '=', callId)
      .where('status', '=', status)
      .$if(reply_text !== undefined, (query) => query.where('reply_text', '=', reply_text ?? ''))
      .executeTakeFirst(),
  );
  if (row === undefined) throw callNotOpen(callId);
}

function callNotOpen(callId: string): StoryTreeError {
  return new StoryTreeError(
    'not_found',
    `The journal has no open call ${callId}: it was removed or has ended. Run the task again.`,
  );
}

/** Per workflow task, in the order they began: every call that was made, whatever came of it, and what it cost. */
async function summarize(access: StoryAccess, filter: { runId: string } | { storyId: string }): Promise<CallSummary[]> {
  const rows = await access.query((db) =>
    db
      .selectFrom('model_calls')
      .select((eb) => [
        'workflow_task',
        eb.fn.countAll<string>().as('calls'),
        eb.fn.sum<string | null>('cost_usd').as('cost_usd'),
      ])
      .where('runId' in filter ? 'run_id' : 'story_id', '=', 'runId' in filter ? filter.runId : filter.storyId)
      .groupBy('workflow_task')
      .orderBy((eb) => eb.fn.min('number'))
      .execute(),
  );
  return rows.map((row) => ({
    workflowTask: row.workflow_task,
    calls: Number(row.calls),
    costUsd: Number(row.cost_usd ?? 0),
  }));
}
