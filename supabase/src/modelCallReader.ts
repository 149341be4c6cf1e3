import type { ModelCallEntry } from '@story-tree/domain';
import type { Kysely } from 'kysely';
import { isUuid, mapErrors } from './repositories/storyAccess.ts';
import type { DB } from './schema.ts';

export interface ModelCallReader {
  /** At most `limit` calls of a story, newest first; none for an id that names no story. */
  modelCalls(storyId: string, limit: number): Promise<ModelCallEntry[]>;
  /** The last request for a unit of work, long texts in full and bytes as their hash; null when there was none. */
  lastRequest(storyId: string, workflowTask: string, unitKey: string): Promise<unknown>;
}

/**
 * Reads the journal of model calls for people. Every method rejects with a `StoryTreeError`, `database_unavailable` while
 * the database is away.
 */
export function createModelCallReader(db: Kysely<DB>): ModelCallReader {
  return {
    modelCalls: (storyId, limit) =>
      mapErrors(async () => {
        if (!isUuid(storyId)) return [];
        const rows = await db
          .selectFrom('model_calls')
          .select(['id', 'status', 'kind', 'model', 'attempts', 'cost_usd'])
          .select(['run_id as runId', 'workflow_task as workflowTask', 'unit_key as unitKey'])
          .select(['latency_ms as latencyMs', 'error_code as errorCode', 'started_at as startedAt'])
          .where('story_id', '=', storyId)
          .orderBy('number', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ cost_usd, ...row }) => ({ ...row, costUsd: cost_usd === null ? null : Number(cost_usd) }));
      }),

    lastRequest: (storyId, workflowTask, unitKey) =>
      mapErrors(async () => {
        if (!isUuid(storyId)) return null;
        const row = await db
          .selectFrom('model_calls')
          .select('request')
          .where('story_id', '=', storyId)
          .where('workflow_task', '=', workflowTask)
          .where('unit_key', '=', unitKey)
          .orderBy('number', 'desc')
          .limit(1)
          .executeTakeFirst();
        return row === undefined ? null : withTexts(row.request, await textsOf(db, storyId, row.request));
      }),
  };
}

async function textsOf(db: Kysely<DB>, storyId: string, request: unknown): Promise<ReadonlyMap<string, string>> {
  const hashes = hashesIn(request);
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('model_call_texts')
    .select(['sha256', 'body'])
    .where('story_id', '=', storyId)
    .where('sha256', 'in', hashes)
    .execute();
  return new Map(rows.map(({ sha256, body }) => [sha256, body]));
}

function hashesIn(part: unknown): string[] {
  const hash = hashOfText(part);
  if (hash !== null) return [hash];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(hashesIn) : [];
}

function withTexts(part: unknown, texts: ReadonlyMap<string, string>): unknown {
  const hash = hashOfText(part);
  if (hash !== null) return texts.get(hash) ?? part;
  if (Array.isArray(part)) return part.map((item) => withTexts(item, texts));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withTexts(value, texts)]));
}

/** A long text stands in a request as its hash and nothing else; pictures, which have one too, say more. */
function hashOfText(part: unknown): string | null {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return null;
  const { sha256, ...rest } = part as Record<string, unknown>;
  return typeof sha256 === 'string' && Object.keys(rest).length === 0 ? sha256 : null;
}
