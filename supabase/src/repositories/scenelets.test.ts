import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  content,
  failure,
  fillPool,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  NO_SUCH_ID,
  newScenelet,
  newShot,
  newStory,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from './index.ts';

let database: Database;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());

const labels = async (storyId: string) => (await repositories.scenelets.list(storyId)).map(({ label }) => label);

const linearStep = (parentId: string | null, label: string) => ({
  parentId,
  choicePrompt: null,
  scenelets: [newScenelet(label)],
});

describe('addStep', () => {
  test('makes a branch point of the parent and keeps the order of the choices', async () => {
    const { storyId, root, left, right } = await storyWithChoices(repositories);
    expect([left, right]).toMatchObject([
      { label: 'scenelet-2a', parentId: root.id, ordinal: 0, choiceLabelFromParent: 'Left', isTerminalNode: false },
      { label: 'scenelet-2b', parentId: root.id, ordinal: 1, choiceLabelFromParent: 'Right', isTerminalNode: true },
    ]);
    expect(await repositories.scenelets.list(storyId)).toEqual([
      { ...root, isBranchPoint: true, choicePrompt: 'Which way?' },
      left,
      right,
    ]);
  });

  test('leaves the parent as it is when only one scenelet follows', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    await repositories.scenelets.addStep(storyId, linearStep(left.id, 'scenelet-3a'));
    expect((await repositories.scenelets.list(storyId))[1]).toEqual(left);
  });

  test('stores text of any kind', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    const hostile = { choiceLabelFromParent: HOSTILE_TEXT, content: content(HOSTILE_TEXT) };
    const [stored] = await repositories.scenelets.addStep(storyId, {
      parentId: left.id,
      choicePrompt: HOSTILE_TEXT,
      scenelets: [
        newScenelet('scenelet-3aa', hostile),
        newScenelet('scenelet-3ab', { ordinal: 1, choiceLabelFromParent: 'b' }),
      ],
    });
    expect(stored).toMatchObject({
      choiceLabelFromParent: HOSTILE_TEXT_STORED,
      content: content(HOSTILE_TEXT_STORED),
    });
    expect((await repositories.scenelets.list(storyId))[1]?.choicePrompt).toBe(HOSTILE_TEXT_STORED);
  });

  test('refuses what follows an ending, or follows a scenelet that is continued already', async () => {
    const { storyId, root, right } = await storyWithChoices(repositories);
    for (const step of [linearStep(right.id, 'scenelet-3b'), linearStep(root.id, 'scenelet-2')]) {
      await expect(repositories.scenelets.addStep(storyId, step)).rejects.toMatchObject(failure('already_completed'));
    }
    await expect(repositories.scenelets.addStep(storyId, linearStep(null, 'scenelet-1'))).rejects.toMatchObject(
      failure('already_completed'),
    );
    expect(await labels(storyId)).toHaveLength(3);
  });

  test.each([NO_SUCH_ID, 'scenelet-1'])('refuses the unknown parent %j', async (parentId) => {
    const { storyId } = await storyWithChoices(repositories);
    const step = repositories.scenelets.addStep(storyId, linearStep(parentId, 'scenelet-3a'));
    await expect(step).rejects.toMatchObject(failure('not_found'));
  });

  test("refuses another story's scenelet as the parent", async () => {
    const { storyId } = await storyWithChoices(repositories);
    const other = await storyWithChoices(repositories);
    const step = repositories.scenelets.addStep(storyId, linearStep(other.left.id, 'scenelet-3a'));
    await expect(step).rejects.toMatchObject(failure('not_found'));
  });

  test.each([
    ['label', newScenelet('scenelet-3aa', { ordinal: 1 })],
    ['place', newScenelet('scenelet-3ab')],
  ])('stores nothing of a step in which two scenelets share a %s', async (_what, second) => {
    const { storyId, left } = await storyWithChoices(repositories);
    const before = await repositories.scenelets.list(storyId);
    const step = repositories.scenelets.addStep(storyId, {
      parentId: left.id,
      choicePrompt: 'And now?',
      scenelets: [newScenelet('scenelet-3aa'), second],
    });
    await expect(step).rejects.toMatchObject(failure('internal'));
    expect(await repositories.scenelets.list(storyId)).toEqual(before);
  });

  test('refuses a step without scenelets', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    const step = repositories.scenelets.addStep(storyId, { parentId: left.id, choicePrompt: null, scenelets: [] });
    await expect(step).rejects.toThrow(RangeError);
  });

  test('of several continuations of one scenelet at once, exactly one wins', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => repositories.scenelets.addStep(storyId, linearStep(left.id, 'scenelet-3a'))),
    );
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(losers).toHaveLength(5);
    for (const loser of losers) expect(loser.reason).toMatchObject(failure('already_completed'));
    expect(await labels(storyId)).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-3a', 'scenelet-2b']);
  });

  test('of several roots at once, exactly one wins', async () => {
    const { id } = await repositories.stories.create(newStory());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => repositories.scenelets.addStep(id, linearStep(null, 'scenelet-1'))),
    );
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(losers).toHaveLength(5);
    for (const loser of losers) expect(loser.reason).toMatchObject(failure('already_completed'));
    expect(await labels(id)).toEqual(['scenelet-1']);
  });

  test('different scenelets are continued at once without waiting or failing', async () => {
    const { id } = await repositories.stories.create(newStory());
    const [root] = await repositories.scenelets.addStep(id, linearStep(null, 'scenelet-1'));
    const children = await repositories.scenelets.addStep(id, {
      parentId: root?.id ?? '',
      choicePrompt: 'Which?',
      scenelets: [...'abcdef'].map((letter, ordinal) => newScenelet(`scenelet-2${letter}`, { ordinal })),
    });
    await Promise.all(
      children.map((child) => repositories.scenelets.addStep(id, linearStep(child.id, child.label.replace('2', '3')))),
    );
    expect(await labels(id)).toHaveLength(13);
  });
});

describe('markTerminal', () => {
  test('ends a path, however often it is asked to', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    await repositories.scenelets.markTerminal(storyId, left.id);
    await repositories.scenelets.markTerminal(storyId, left.id);
    expect((await repositories.scenelets.list(storyId))[1]).toMatchObject({ label: left.label, isTerminalNode: true });
  });

  test('refuses a scenelet that is continued, or unknown', async () => {
    const { storyId, root } = await storyWithChoices(repositories);
    const { markTerminal } = repositories.scenelets;
    await expect(markTerminal(storyId, root.id)).rejects.toMatchObject(failure('already_completed'));
    await expect(markTerminal(storyId, NO_SUCH_ID)).rejects.toMatchObject(failure('not_found'));
    await expect(markTerminal(storyId, 'x')).rejects.toMatchObject(failure('not_found'));
  });
});

describe('list', () => {
  test('is empty for an id that names no story', async () => {
    expect(await repositories.scenelets.list('nope')).toEqual([]);
    expect(await repositories.scenelets.list(NO_SUCH_ID)).toEqual([]);
  });

  test('orders 10,000 scenelets on two long paths depth first, and removes them again', async () => {
    const { id } = await repositories.stories.create(newStory());
    await insertTwoPaths(id, 10_000);
    expect(await labels(id)).toEqual(Array.from({ length: 10_000 }, (_, index) => `scenelet-${index + 1}`));
    await repositories.scenelets.deleteAll(id);
    expect(await labels(id)).toEqual([]);
  });
});

/** A root with two paths of equal length, numbered depth first and stored in no particular order. */
async function insertTwoPaths(storyId: string, count: number) {
  const half = count / 2;
  await sql`
    insert into scenelets (id, story_id, label, parent_id, ordinal, content)
    select md5(${storyId} || n)::uuid, ${storyId}, 'scenelet-' || n,
      case n when 1 then null when ${half + 1} then md5(${storyId} || 1)::uuid else md5(${storyId} || n - 1)::uuid end,
      case n when ${half + 1} then 1 else 0 end, ${JSON.stringify(content('long'))}
    from generate_series(1, ${count}) as n order by md5(n::text)
  `.execute(database.kysely);
}

describe('deleteAll', () => {
  test('takes the shots along and leaves other stories alone', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    const other = await storyWithChoices(repositories);
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
    await repositories.scenelets.deleteAll(storyId);
    expect(await labels(storyId)).toEqual([]);
    expect(await repositories.shots.list(storyId)).toEqual([]);
    expect(await labels(other.storyId)).toHaveLength(3);
  });
});
