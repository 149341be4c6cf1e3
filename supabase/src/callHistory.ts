import {
  type CallHistory,
  type CallRecord,
  ESTIMATED,
  type Estimate,
  type RunRecord,
  type RunSpending,
  type StoryMeasures,
} from '@story-tree/domain';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isUuid, mapErrors } from './repositories/storyAccess.ts';
import type { DB } from './schema.ts';

/** Stories that averages are taken over: enough to even out, few enough to follow when prompts or models change. */
const STORIES = 20;

/**
 * What earlier runs took, from the journal and the stored stories; estimates are based on it. Costs are in US dollars,
 * times in milliseconds. An id that names no story gives nothing.
 *
 * Every method rejects with a `StoryTreeError`, `database_unavailable` while the database is away.
 */
export function createCallHistory(db: Kysely<DB>): CallHistory {
  return {
    records: (of) =>
      mapErrors(async () => {
        if ('storyId' in of && !isUuid(of.storyId)) return [];
        const which =
          'storyId' in of
            ? sql`(${of.storyId}::uuid)`
            : sql`(select id from stories where mode = ${of.mode} order by created_at desc limit ${STORIES})`;
        return await records(db, which);
      }),

    measures: (mode) =>
      mapErrors(async () => {
        const { rows } = await sql<StoryMeasures>`
          select s.target_scenelets_per_path as "targetSceneletsPerPath",
            t.scenelets::int, t.endings::int,
            h.scenelets::int as "sceneletsWithShots", h.shots::int, h.spoken::int as "spokenShots",
            jsonb_array_length(s.visual_design_document -> 'character_designs') as characters,
            jsonb_array_length(s.visual_design_document -> 'environment_designs') as environments
          from stories s
          cross join lateral (
            select count(*) as scenelets, count(*) filter (where is_terminal_node) as endings
            from scenelets where story_id = s.id
          ) t
          cross join lateral (
            select count(distinct scenelet_id) as scenelets, count(*) as shots,
              count(*) filter (where jsonb_array_length(storyboard_payload -> 'audio_and_narrative') > 0) as spoken
            from shots where story_id = s.id
          ) h
          where s.mode = ${mode} and s.deleted_at is null and t.scenelets > 0
            and not exists (
              select from scenelets open
              where open.story_id = s.id and not open.is_terminal_node
                and not exists (select from scenelets next where next.parent_id = open.id)
            )
          order by s.created_at desc
          limit ${STORIES}`.execute(db);
        return rows;
      }),

    spending: (runId) =>
      mapErrors(async () => {
        const { rows } = await sql<{ calls: number; cost: string | null; unfinished: RunSpending['unfinished'] }>`
          select count(*)::int as calls, sum(cost_usd) as cost,
            coalesce(
              jsonb_agg(jsonb_build_object('workflowTask', workflow_task, 'kind', kind, 'model', model))
                filter (where status in ('started', 'interrupted')),
              '[]'
            ) as unfinished
          from model_calls where run_id = ${runId}`.execute(db);
        const [row] = rows;
        return { calls: row?.calls ?? 0, costUsd: Number(row?.cost ?? 0), unfinished: row?.unfinished ?? [] };
      }),

    runs: (storyId, limit) => mapErrors(async () => (isUuid(storyId) ? await runs(db, storyId, limit) : [])),
  };
}

async function records(db: Kysely<DB>, stories: RawBuilder<unknown>): Promise<CallRecord[]> {
  const { rows } = await sql<Omit<CallRecord, 'costUsd'> & { costUsd: string | null }>`
    select workflow_task as "workflowTask", model,
      count(distinct story_id)::int as stories,
      count(*)::int as calls,
      count(distinct (story_id, run_id, unit_key))::int as units,
      sum(cost_usd) as "costUsd",
      coalesce(sum(latency_ms), 0)::float8 as "latencyMs"
    from model_calls
    where status not in ('started', 'interrupted') and story_id in ${stories}
    group by workflow_task, model`.execute(db);
  return rows.map((row) => ({ ...row, costUsd: row.costUsd === null ? null : Number(row.costUsd) }));
}

async function runs(db: Kysely<DB>, storyId: string, limit: number): Promise<RunRecord[]> {
  const { rows } = await sql<Omit<RunRecord, 'costUsd' | 'estimated'> & { cost: string; estimate: Estimate | null }>`
    select r.run_id as "runId", t.id as "taskId", t.display_fields ->> 'title' as title,
      r.started_at as "startedAt", r.calls, r.cost, r.duration as "durationMs", e.payload as estimate
    from (
      select run_id, count(*)::int as calls, coalesce(sum(cost_usd), 0) as cost, min(started_at) as started_at, max(number) as number,
        greatest(0, extract(epoch from coalesce(max(finished_at), max(started_at)) - min(started_at)) * 1000)::float8
          as duration
      from model_calls where story_id = ${storyId} group by run_id
    ) r
    left join story_tasks t on t.id = r.run_id
    left join lateral (
      select payload from story_task_events where task_id = t.id and step = ${ESTIMATED} order by id limit 1
    ) e on true
    order by r.number desc
    limit ${limit}`.execute(db);
  return rows.map(({ cost, estimate, ...row }) => ({ ...row, costUsd: Number(cost), estimated: figures(estimate) }));
}

function figures(estimate: Estimate | null): RunRecord['estimated'] {
  if (estimate === null) return null;
  const { calls, costUsd, durationMs } = estimate;
  return { calls, costUsd, durationMs };
}
