import { type NewShot, type Shot, type ShotsRepository, StoryTreeError } from '@story-tree/domain';
import { type Insertable, type Selectable, sql, type UpdateObject } from 'kysely';
import type { DB, ShotsTable } from '../schema.ts';
import { toJson } from '../storable.ts';
import { lockScenelet } from './scenelets.ts';
import { isUuid, type StoryAccess } from './storyAccess.ts';

export function createShotsRepository(access: StoryAccess): ShotsRepository {
  return {
    async list(storyId, sceneletId) {
      if (!isUuid(storyId) || (sceneletId !== undefined && !isUuid(sceneletId))) return [];
      const rows = await access.query((db) =>
        db
          .selectFrom('shots')
          .selectAll()
          .where('story_id', '=', storyId)
          .$if(sceneletId !== undefined, (query) => query.where('scenelet_id', '=', sceneletId ?? ''))
          .orderBy('scenelet_sequence')
          .orderBy('shot_index')
          .execute(),
      );
      return rows.map(toShot);
    },

    replaceForScenelet: (storyId, sceneletId, sequence, shots) =>
      access.write(storyId, async (tx) => {
        // Without the lock, two replacements at once would both insert.
        await lockScenelet(tx, storyId, sceneletId);
        await tx.deleteFrom('shots').where('scenelet_id', '=', sceneletId).execute();
        if (shots.length === 0) return;
        const rows = shots.map((shot) => toRow(storyId, sceneletId, sequence, shot));
        await tx.insertInto('shots').values(rows).execute();
      }),

    async renumber(storyId, sequences) {
      const ids = [...sequences.keys()];
      const places = [...sequences.values()];
      await access.write(storyId, (tx) =>
        sql`
          update shots set scenelet_sequence = renumbered.place
          from unnest(${ids}::uuid[], ${places}::integer[]) as renumbered (id, place)
          where story_id = ${storyId} and scenelet_id = renumbered.id and scenelet_sequence <> renumbered.place
        `.execute(tx),
      );
    },

    setKeyFrame: (storyId, shotId, path) => updateShot(access, storyId, shotId, { key_frame_image_path: path }),
    setAudio: (storyId, shotId, path) => updateShot(access, storyId, shotId, { audio_file_path: path }),

    async deleteAll(storyId) {
      await access.write(storyId, (tx) => tx.deleteFrom('shots').where('story_id', '=', storyId).execute());
    },
  };
}

async function updateShot(
  access: StoryAccess,
  storyId: string,
  shotId: string,
  changes: UpdateObject<DB, 'shots'>,
): Promise<void> {
  const updated = await access.change(storyId, async (db, mayWrite) =>
    isUuid(shotId)
      ? await db
          .updateTable('shots')
          .set(changes)
          .where('story_id', '=', storyId)
          .where('id', '=', shotId)
          .where(mayWrite)
          .returning('id')
          .executeTakeFirst()
      : undefined,
  );
  if (updated !== undefined) return;
  throw new StoryTreeError(
    'not_found',
    `Story ${storyId} has no shot ${shotId}: it was removed in the meantime. Run the task again.`,
  );
}

function toRow(storyId: string, sceneletId: string, sequence: number, shot: NewShot): Insertable<ShotsTable> {
  return {
    story_id: storyId,
    scenelet_id: sceneletId,
    scenelet_sequence: sequence,
    shot_index: shot.shotIndex,
    storyboard_payload: toJson(shot.storyboard),
    key_frame_image_path: null,
    audio_file_path: null,
  };
}

function toShot(row: Selectable<ShotsTable>): Shot {
  return {
    id: row.id,
    storyId: row.story_id,
    sceneletId: row.scenelet_id,
    sceneletSequence: row.scenelet_sequence,
    shotIndex: row.shot_index,
    storyboard: row.storyboard_payload,
    keyFrameImagePath: row.key_frame_image_path,
    audioFilePath: row.audio_file_path,
  };
}
