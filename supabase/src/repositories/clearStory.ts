import { sql, type Transaction } from 'kysely';
import type { DB } from '../schema.ts';
import { toJson } from '../storable.ts';

/** Removes all that was made of a story. What it was asked for, its row and what its calls cost stay. */
export async function clearStory(tx: Transaction<DB>, storyId: string): Promise<void> {
  await tx
    .updateTable('stories')
    .set({
      story_constitution: null,
      target_scenelets_per_path: null,
      visual_design_document: null,
      visual_reference_package: null,
      audio_design_document: null,
    })
    .where('id', '=', storyId)
    .execute();
  await tx.deleteFrom('constitution_versions').where('story_id', '=', storyId).execute();
  await tx.deleteFrom('reference_images').where('story_id', '=', storyId).execute();
  await tx.deleteFrom('scenelets').where('story_id', '=', storyId).execute();
  await forgetCalls(tx, storyId);
}

/** What calls asked and said goes with the story; what they cost stays. */
async function forgetCalls(tx: Transaction<DB>, storyId: string): Promise<void> {
  await tx.deleteFrom('model_call_texts').where('story_id', '=', storyId).execute();
  await tx
    .updateTable('model_calls')
    .set({
      request: toJson({}),
      reply_text: null,
      reply_file: null,
      status: sql`case status when 'committed' then 'discarded' else status end`,
    })
    .where('story_id', '=', storyId)
    .execute();
}
