import type { ConstitutionOrigin, StoriesRepository, Story } from '@story-tree/domain';
import { type Kysely, type Selectable, sql, type Transaction, type UpdateObject } from 'kysely';
import type { DB, StoriesTable } from '../schema.ts';
import { storableText, toJson } from '../storable.ts';
import { clearStory } from './clearStory.ts';
import { isUuid, type StoryAccess, storyNotFound } from './storyAccess.ts';

export function createStoriesRepository(access: StoryAccess): StoriesRepository {
  return {
    async create(story) {
      const row = await access.query((db) =>
        db
          .insertInto('stories')
          .values({
            display_name: storableText(story.displayName),
            named_by_person: story.namedByPerson,
            initial_prompt: storableText(story.initialPrompt),
            creation_options: toJson(story.creationOptions),
            mode: story.mode,
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      );
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

    rename: (storyId, displayName) => access.query((db) => renameStory(db, storyId, displayName)),

    saveConstitution(storyId, { markdown, targetSceneletsPerPath, proposedTitle }) {
      const text = storableText(markdown);
      return access.write(storyId, async (tx) => {
        const title = storableText(proposedTitle);
        // Takes the story's row first: whoever comes second counts versions only after the first is done.
        await updateStory(tx, storyId, {
          story_constitution: text,
          target_scenelets_per_path: targetSceneletsPerPath,
          display_name: sql<string>`case when named_by_person then display_name else ${title} end`,
        });
        return await appendVersion(tx, storyId, text, 'generated');
      });
    },

    reviseConstitution: (storyId, markdown, origin) =>
      access.write(storyId, (tx) => reviseConstitution(tx, storyId, markdown, origin)),

    async constitutionVersions(storyId) {
      if (!isUuid(storyId)) return [];
      const rows = await access.query((db) =>
        db
          .selectFrom('constitution_versions')
          .select(['version', 'markdown', 'origin', 'created_at'])
          .where('story_id', '=', storyId)
          .orderBy('version', 'desc')
          .execute(),
      );
      return rows.map(({ created_at, ...version }) => ({ ...version, createdAt: created_at }));
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

/** @throws StoryTreeError `not_found` */
export async function renameStory(db: Kysely<DB>, storyId: string, displayName: string): Promise<void> {
  if (!isUuid(storyId)) throw storyNotFound(storyId);
  await updateStory(db, storyId, { display_name: storableText(displayName), named_by_person: true });
}

/**
 * Gives the story another text, as a new version.
 * @returns the version's number
 * @throws StoryTreeError `not_found`
 */
export async function reviseConstitution(
  tx: Transaction<DB>,
  storyId: string,
  markdown: string,
  origin: ConstitutionOrigin,
): Promise<number> {
  const text = storableText(markdown);
  // Takes the story's row first: whoever comes second counts versions only after the first is done.
  await updateStory(tx, storyId, { story_constitution: text });
  return await appendVersion(tx, storyId, text, origin);
}

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

async function appendVersion(
  tx: Transaction<DB>,
  storyId: string,
  markdown: string,
  origin: ConstitutionOrigin,
): Promise<number> {
  const { version } = await tx
    .insertInto('constitution_versions')
    .values({
      story_id: storyId,
      markdown,
      origin,
      version: sql<number>`(
        select coalesce(max(version), 0) + 1 from public.constitution_versions where story_id = ${storyId}
      )`,
    })
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
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
