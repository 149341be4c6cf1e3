import { randomUUID } from 'node:crypto';
import type { AudioDesign, VisualDesign, VisualReference } from '@story-tree/domain';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  fillPool,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  NO_SUCH_ID,
  newCall,
  newShot,
  newStory,
  OUTCOME,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createModelCallJournal } from '../journal.ts';
import { createStoryRepositories } from './index.ts';

const CONSTITUTION = { markdown: '# The door', targetSceneletsPerPath: 6, proposedTitle: 'The Door in the Sea' };

const VISUAL_DESIGN: VisualDesign = {
  global_aesthetic: { visual_style: { name: 'ink', description: '' }, master_color_palette: [] },
  character_designs: [],
  environment_designs: [],
};
const VISUAL_REFERENCE: VisualReference = { character_model_sheets: [], environment_keyframes: [] };
const AUDIO_DESIGN: AudioDesign = {
  sonic_identity: { musical_direction: 'slow', sound_effect_philosophy: '' },
  narrator_voice_profile: { character_id: 'narrator', voice_name: 'Kore', voice_profile: '' },
  character_voice_profiles: [],
  music_and_ambience_cues: [],
};

let database: Database;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());

function versions(storyId: string) {
  return database.kysely
    .selectFrom('constitution_versions')
    .select(['version', 'markdown'])
    .where('story_id', '=', storyId)
    .orderBy('version')
    .execute();
}

describe('create, get and list', () => {
  test('a story comes back as it was given, with nothing made yet', async () => {
    const given = newStory({ namedByPerson: true, creationOptions: { language: 'Deutsch', targetScenelets: 4 } });
    const story = await repositories.stories.create(given);
    expect(story).toEqual({
      ...given,
      id: expect.any(String),
      storyConstitution: null,
      targetSceneletsPerPath: null,
      visualDesignDocument: null,
      visualReferencePackage: null,
      audioDesignDocument: null,
      createdAt: expect.any(Date),
      deletedAt: null,
    });
    expect(await repositories.stories.get(story.id)).toEqual(story);
    expect(await repositories.stories.get(story.id.toUpperCase())).toEqual(story);
  });

  test.each([NO_SUCH_ID, '', 'scenelet-1', "' or true --", `${NO_SUCH_ID}0`])('there is no story %j', async (id) => {
    expect(await repositories.stories.get(id)).toBeNull();
  });

  test('lists the newest first', async () => {
    const older = await repositories.stories.create(newStory());
    const newer = await repositories.stories.create(newStory());
    const ids = (await repositories.stories.list()).map((story) => story.id);
    expect(ids.slice(0, 2)).toEqual([newer.id, older.id]);
  });

  test('any text is stored, except for characters that PostgreSQL cannot keep', async () => {
    const story = await repositories.stories.create(
      newStory({ displayName: HOSTILE_TEXT, initialPrompt: HOSTILE_TEXT, creationOptions: { audience: HOSTILE_TEXT } }),
    );
    expect(story).toMatchObject({
      displayName: HOSTILE_TEXT_STORED,
      initialPrompt: HOSTILE_TEXT_STORED,
      creationOptions: { audience: HOSTILE_TEXT_STORED },
    });
  });

  test.each([{ initialPrompt: ' \n' }, { displayName: '' }])('refuses %j without showing any SQL', async (over) => {
    const refusal = repositories.stories.create(newStory(over));
    await expect(refusal).rejects.toMatchObject(failure('internal'));
    await expect(refusal).rejects.not.toThrow(/constraint|stories/);
  });
});

describe('saveConstitution', () => {
  test('stores text, length and title, and every version', async () => {
    const { id } = await repositories.stories.create(newStory());
    expect(await repositories.stories.saveConstitution(id, CONSTITUTION)).toBe(1);
    expect(await repositories.stories.saveConstitution(id, { ...CONSTITUTION, markdown: HOSTILE_TEXT })).toBe(2);
    expect(await repositories.stories.get(id)).toMatchObject({
      displayName: 'The Door in the Sea',
      storyConstitution: HOSTILE_TEXT_STORED,
      targetSceneletsPerPath: 6,
    });
    expect(await versions(id)).toEqual([
      { version: 1, markdown: '# The door' },
      { version: 2, markdown: HOSTILE_TEXT_STORED },
    ]);
  });

  test('keeps the name that a person chose', async () => {
    const { id } = await repositories.stories.create(newStory({ displayName: 'Mine', namedByPerson: true }));
    await repositories.stories.saveConstitution(id, CONSTITUTION);
    expect(await repositories.stories.get(id)).toMatchObject({ displayName: 'Mine' });
  });

  test('numbers versions without gaps, also when they come at once', async () => {
    const { id } = await repositories.stories.create(newStory());
    const numbers = await Promise.all(
      Array.from({ length: 6 }, () => repositories.stories.saveConstitution(id, CONSTITUTION)),
    );
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('stores nothing when a part of it is refused', async () => {
    const { id } = await repositories.stories.create(newStory());
    const refusal = repositories.stories.saveConstitution(id, { ...CONSTITUTION, targetSceneletsPerPath: 0 });
    await expect(refusal).rejects.toMatchObject(failure('internal'));
    expect(await versions(id)).toEqual([]);
  });

  test('a stored version never changes', async () => {
    const { id } = await repositories.stories.create(newStory());
    await repositories.stories.saveConstitution(id, CONSTITUTION);
    const change = database.kysely
      .updateTable('constitution_versions')
      .set({ markdown: '' })
      .where('story_id', '=', id);
    await expect(change.execute()).rejects.toMatchObject({ code: 'ST002' });
  });
});

describe('rename', () => {
  test.each([NO_SUCH_ID, 'not-a-uuid'])('finds no story %s', async (id) => {
    await expect(repositories.stories.rename(id, 'New')).rejects.toMatchObject(failure('not_found'));
  });

  test('gives a name that the constitution does not replace', async () => {
    const { id } = await repositories.stories.create(newStory());
    await repositories.stories.rename(id, HOSTILE_TEXT);
    await repositories.stories.saveConstitution(id, CONSTITUTION);
    expect(await repositories.stories.get(id)).toMatchObject({
      displayName: HOSTILE_TEXT_STORED,
      namedByPerson: true,
    });
  });
});

describe('reviseConstitution and constitutionVersions', () => {
  test.each([NO_SUCH_ID, 'not-a-uuid'])('there is no story %s', async (id) => {
    await expect(repositories.stories.reviseConstitution(id, 'x', 'chat')).rejects.toMatchObject(failure('not_found'));
    expect(await repositories.stories.constitutionVersions(id)).toEqual([]);
  });

  test('replaces the text alone, and tells where each version comes from', async () => {
    const { id } = await repositories.stories.create(newStory());
    await repositories.stories.saveConstitution(id, CONSTITUTION);
    const runId = randomUUID();
    expect(await repositories.stories.reviseConstitution(id, HOSTILE_TEXT, 'chat', runId)).toBe(2);
    expect(await repositories.stories.reviseConstitution(id, '# The door', 'restored')).toBe(3);
    expect(await repositories.stories.get(id)).toMatchObject({
      displayName: 'The Door in the Sea',
      storyConstitution: '# The door',
      targetSceneletsPerPath: 6,
    });
    expect(await repositories.stories.constitutionVersions(id)).toEqual([
      { version: 3, markdown: '# The door', origin: 'restored', createdAt: expect.any(Date), runId: null },
      { version: 2, markdown: HOSTILE_TEXT_STORED, origin: 'chat', createdAt: expect.any(Date), runId },
      { version: 1, markdown: '# The door', origin: 'generated', createdAt: expect.any(Date), runId: null },
    ]);
  });

  test('numbers versions without gaps, also when they come at once', async () => {
    const { id } = await repositories.stories.create(newStory());
    const numbers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        n % 2 === 0
          ? repositories.stories.saveConstitution(id, CONSTITUTION)
          : repositories.stories.reviseConstitution(id, 'x', 'chat'),
      ),
    );
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('documents', () => {
  test('are stored whole and cleared by null', async () => {
    const { stories } = repositories;
    const { id } = await stories.create(newStory());
    await stories.saveVisualDesign(id, VISUAL_DESIGN);
    await stories.saveVisualReference(id, VISUAL_REFERENCE);
    await stories.saveAudioDesign(id, AUDIO_DESIGN);
    expect(await stories.get(id)).toMatchObject({
      visualDesignDocument: VISUAL_DESIGN,
      visualReferencePackage: VISUAL_REFERENCE,
      audioDesignDocument: AUDIO_DESIGN,
    });
    await stories.saveVisualDesign(id, null);
    await stories.saveVisualReference(id, null);
    await stories.saveAudioDesign(id, null);
    expect(await stories.get(id)).toMatchObject({
      visualDesignDocument: null,
      visualReferencePackage: null,
      audioDesignDocument: null,
    });
  });

  test.each([NO_SUCH_ID, 'not-a-uuid'])('cannot be saved for %j', async (id) => {
    await expect(repositories.stories.saveAudioDesign(id, null)).rejects.toMatchObject(failure('not_found'));
    await expect(repositories.stories.saveConstitution(id, CONSTITUTION)).rejects.toMatchObject(failure('not_found'));
  });
});

describe('deletion', () => {
  async function completeStory() {
    const { storyId, left } = await storyWithChoices(repositories);
    await repositories.stories.saveConstitution(storyId, CONSTITUTION);
    await repositories.stories.saveVisualDesign(storyId, VISUAL_DESIGN);
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
    const imagePath = `generated/${storyId}/visuals/characters/ada/character-model-sheet.png`;
    await repositories.referenceImages.set(storyId, { kind: 'character', designId: 'ada', imagePath });
    const journal = createModelCallJournal(database.kysely);
    const callId = await journal.start(newCall(storyId), { secret: 'prompt' }, new Map([['aa', 'a long prompt']]));
    await journal.commit(callId, { text: 'a reply' }, OUTCOME);
    return storyId;
  }

  test('removes what was made, hides the story, and keeps its row and what it cost', async () => {
    const storyId = await completeStory();
    await repositories.stories.markDeleted(storyId);

    expect(await repositories.stories.get(storyId)).toBeNull();
    expect((await repositories.stories.list()).map((story) => story.id)).not.toContain(storyId);
    expect(await repositories.scenelets.list(storyId)).toEqual([]);
    expect(await repositories.shots.list(storyId)).toEqual([]);
    expect(await repositories.referenceImages.list(storyId)).toEqual([]);
    expect(await versions(storyId)).toEqual([]);
    const row = await database.kysely.selectFrom('stories').selectAll().where('id', '=', storyId).executeTakeFirst();
    expect(row).toMatchObject({ story_constitution: null, visual_design_document: null, deleted_at: expect.any(Date) });
    const calls = await database.kysely.selectFrom('model_calls').selectAll().where('story_id', '=', storyId).execute();
    expect(calls).toMatchObject([{ request: {}, reply_text: null, status: 'discarded', cost_usd: '0.012500' }]);
  });

  test('is final: nothing can be written afterwards, and a second deletion finds nothing', async () => {
    const storyId = await completeStory();
    await repositories.stories.markDeleted(storyId);
    const writes = [
      repositories.stories.markDeleted(storyId),
      repositories.stories.saveAudioDesign(storyId, AUDIO_DESIGN),
      repositories.scenelets.deleteAll(storyId),
      createModelCallJournal(database.kysely).start(newCall(storyId), {}, new Map()),
    ];
    for (const write of await Promise.allSettled(writes)) {
      expect(write).toMatchObject({ status: 'rejected', reason: failure('not_found') });
    }
  });

  test('of the row takes everything that belongs to it, but for what was spent', async () => {
    const storyId = await completeStory();
    const { kysely } = database;
    await kysely.deleteFrom('stories').where('id', '=', storyId).execute();
    const tables = ['constitution_versions', 'scenelets', 'shots', 'reference_images', 'model_call_texts'] as const;
    const left = (table: (typeof tables)[number] | 'model_calls') =>
      kysely.selectFrom(table).select('story_id').where('story_id', '=', storyId).execute();
    for (const table of tables) expect(await left(table)).toEqual([]);
    expect(await left('model_calls')).toHaveLength(1);
  });
});
