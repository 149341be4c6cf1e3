import type { StoriesRepository, Story } from '@story-tree/domain';
import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction, type UpdateObject } from 'kysely';
import type { DB, StoriesTable } from '../schema.ts';
import { storableText, toJson } from '../storable.ts';
import { isUuid, type StoryAccess, storyNotFound } from './storyAccess.ts';

export function createStoriesRepository(access: StoryAccess): StoriesRepository {
  return {
    async create(story) {
      const { rows } = await access.query((db) =>
        sql<Selectable<StoriesTable>>`select * from public.create_story(${toJson(story)})`.execute(db),
      );
      const [row] = rows;
      if (row === undefined) throw new Error('the new story was not returned');
      return toStory(row);
    },

    async get(storyId) {
      if (!isUuid(storyId)) return null;
      const row = await access.query((db) =>
        db
          .selectFrom('stories')
          .selectAll()
          .where('id', '=', storyId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst(),
      );
      return row === undefined ? null : toStory(row);
    },

    async list() {
      const rows = await access.query((db) =>
        db
          .selectFrom('stories')
          .selectAll()
          .where('deleted_at', 'is', null)
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .execute(),
      );
      return rows.map(toStory);
    },

    async rename(storyId, displayName) {
      if (!isUuid(storyId)) throw storyNotFound(storyId);
      await access.query((db) => sql`select public.rename_story(${storyId}, ${storableText(displayName)})`.execute(db));
    },

    saveConstitution(storyId, { markdown, targetSceneletsPerPath, proposedTitle }) {
      const text = storableText(markdown);
      return access.write(storyId, async (tx) => {
        const title = storableText(proposedTitle);
        await updateStory(tx, storyId, {
          story_constitution: text,
          target_scenelets_per_path: targetSceneletsPerPath,
          display_name: sql<string>`case when named_by_person then display_name else ${title} end`,
        });
        return await versionOf(tx, sql`public.append_constitution_version(${storyId}, ${text}, 'generated', null)`);
      });
    },

    reviseConstitution: (storyId, markdown, origin, runId) =>
      access.write(storyId, (tx) => {
        const text = storableText(markdown);
        return versionOf(tx, sql`public.revise_constitution(${storyId}, ${text}, ${origin}, ${runId ?? null})`);
      }),

    async constitutionVersions(storyId) {
      if (!isUuid(storyId)) return [];
      return await access.query((db) =>
        db
          .selectFrom('constitution_versions')
          .select(['version', 'markdown', 'origin', 'created_at as createdAt', 'run_id as runId'])
          .where('story_id', '=', storyId)
          .orderBy('version', 'desc')
          .execute(),
      );
    },

    saveVisualDesign: (storyId, document) => saveDocument(access, storyId, { visual_design_document: json(document) }),
    saveVisualReference: (storyId, document) =>
      saveDocument(access, storyId, { visual_reference_package: json(document) }),
    saveAudioDesign: (storyId, document) => saveDocument(access, storyId, { audio_design_document: json(document) }),

    markDeleted: (storyId) =>
      access.write(storyId, async (tx) => {
        await updateStory(tx, storyId, { deleted_at: sql<Date>`now()` });
        await clearStory(tx, storyId);
      }),
  };
}

type StoryChanges = UpdateObject<DB, 'stories'>;

const json = (document: object | null) => (document === null ? null : toJson(document));

function saveDocument(access: StoryAccess, storyId: string, change: StoryChanges): Promise<void> {
  return access.write(storyId, (tx) => updateStory(tx, storyId, change));
}

async function updateStory(db: Kysely<DB>, storyId: string, changes: StoryChanges): Promise<void> {
  const row = await db
    .updateTable('stories')
    .set(changes)
    .where('id', '=', storyId)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) throw storyNotFound(storyId);
}

/** Removes all that was made of a story. What it was asked for, its row and what its calls cost stay. */
async function clearStory(tx: Transaction<DB>, storyId: string): Promise<void> {
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

/** The requests and replies of its calls are removed with the story; what they cost stays. */
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

/** @returns the number of the version that the call makes */
async function versionOf(tx: Transaction<DB>, call: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ version: number }>`select ${call} as version`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the new version was not returned');
  return row.version;
}

export function toStory(row: Selectable<StoriesTable>): Story {
  return {
    id: row.id,
    displayName: row.display_name,
    namedByPerson: row.named_by_person,
    initialPrompt: row.initial_prompt,
    creationOptions: row.creation_options,
    mode: row.mode,
    storyConstitution: row.story_constitution,
    targetSceneletsPerPath: row.target_scenelets_per_path,
    visualDesignDocument: row.visual_design_document,
    visualReferencePackage: row.visual_reference_package,
    audioDesignDocument: row.audio_design_document,
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
  };
}
