import type { ReferenceImageRecord, ReferenceImagesRepository } from '@story-tree/domain';
import type { Selectable } from 'kysely';
import type { ReferenceImagesTable } from '../schema.ts';
import { isUuid, type StoryAccess } from './storyAccess.ts';

export function createReferenceImagesRepository(access: StoryAccess): ReferenceImagesRepository {
  return {
    async list(storyId) {
      if (!isUuid(storyId)) return [];
      const rows = await access.query((db) =>
        db
          .selectFrom('reference_images')
          .selectAll()
          .where('story_id', '=', storyId)
          .orderBy('kind')
          .orderBy('design_id')
          .execute(),
      );
      return rows.map(toReferenceImage);
    },

    async set(storyId, { kind, designId, imagePath }) {
      await access.write(storyId, (tx) =>
        tx
          .insertInto('reference_images')
          .values({ story_id: storyId, kind, design_id: designId, image_path: imagePath })
          .onConflict((conflict) =>
            conflict.columns(['story_id', 'kind', 'design_id']).doUpdateSet({ image_path: imagePath }),
          )
          .execute(),
      );
    },

    async deleteAll(storyId, kind) {
      await access.write(storyId, (tx) =>
        tx.deleteFrom('reference_images').where('story_id', '=', storyId).where('kind', '=', kind).execute(),
      );
    },
  };
}

function toReferenceImage(row: Selectable<ReferenceImagesTable>): ReferenceImageRecord {
  return { kind: row.kind, designId: row.design_id, imagePath: row.image_path };
}
