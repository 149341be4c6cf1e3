import type { StoryOverviewEntry } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../schema.ts';
import { isUuid, mapErrors } from './storyAccess.ts';

export interface StoryOverview {
  /** Newest first, deleted ones left out. */
  list(): Promise<StoryOverviewEntry[]>;
  /** Null when there is no such story, or it was deleted. */
  get(storyId: string): Promise<StoryOverviewEntry | null>;
}

/**
 * Figures about stories, from one query however many stories there are. Costs are in US dollars. Both methods reject with
 * a `StoryTreeError`, `database_unavailable` while the database is away.
 */
export function createStoryOverview(db: Kysely<DB>): StoryOverview {
  return {
    list: () => mapErrors(() => overview(db, null)),
    get: (storyId) =>
      mapErrors(async () => {
        const [entry] = isUuid(storyId) ? await overview(db, storyId) : [];
        return entry ?? null;
      }),
  };
}

type Row = Omit<StoryOverviewEntry, 'costUsd'> & { costUsd: string };

async function overview(db: Kysely<DB>, storyId: string | null): Promise<StoryOverviewEntry[]> {
  const { rows } = await sql<Row>`
    select
      stories.id, display_name as "displayName", mode, initial_prompt as "initialPrompt",
      stories.created_at as "createdAt",
      coalesce(first_key_frame.path, first_environment.path) as "keyArtPath",
      tree.scenelets, tree.endings,
      film.shots, film.key_frames as "keyFrames", film.spoken_shots as "spokenShots", film.playable,
      bill.cost as "costUsd", active.id as "activeTaskId"
    from public.stories
    cross join lateral (
      select count(*)::integer as scenelets, (count(*) filter (where is_terminal_node))::integer as endings
      from public.scenelets where story_id = stories.id
    ) as tree
    cross join lateral (
      select count(*)::integer as shots, count(key_frame_image_path)::integer as key_frames,
        count(audio_file_path)::integer as spoken_shots,
        coalesce(bool_or(parent_id is null and num_nonnulls(key_frame_image_path, audio_file_path) > 0), false) as playable
      from public.shots join public.scenelets on scenelets.id = scenelet_id
      where shots.story_id = stories.id
    ) as film
    cross join lateral (
      select coalesce(sum(cost_usd), 0) as cost from public.model_calls where story_id = stories.id
    ) as bill
    left join lateral (
      select key_frame_image_path as path from public.shots
      where story_id = stories.id and key_frame_image_path is not null
      order by scenelet_sequence, shot_index limit 1
    ) as first_key_frame on true
    left join lateral (
      select image_path as path from public.reference_images
      where story_id = stories.id and kind = 'environment' order by design_id limit 1
    ) as first_environment on true
    left join public.story_tasks as active
      on active.story_id = stories.id and active.exclusive and active.status in ('queued', 'running')
    where deleted_at is null and (${storyId}::uuid is null or stories.id = ${storyId}::uuid)
    order by stories.created_at desc, stories.id
  `.execute(db);
  return rows.map(({ costUsd, ...row }) => ({ ...row, costUsd: Number(costUsd) }));
}
