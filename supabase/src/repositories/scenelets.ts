import {
  buildSceneletTree,
  type NewScenelet,
  type Scenelet,
  type SceneletsRepository,
  type ScriptStep,
  StoryTreeError,
} from '@story-tree/domain';
import type { Insertable, Selectable, Transaction } from 'kysely';
import type { DB, SceneletsTable } from '../schema.ts';
import { storableText, toJson } from '../storable.ts';
import { isUuid, type StoryAccess } from './storyAccess.ts';

export function createSceneletsRepository(access: StoryAccess): SceneletsRepository {
  return {
    async list(storyId) {
      if (!isUuid(storyId)) return [];
      const rows = await access.query((db) =>
        db.selectFrom('scenelets').selectAll().where('story_id', '=', storyId).execute(),
      );
      return buildSceneletTree(rows.map(toScenelet)).inOrder();
    },

    async addStep(storyId, step) {
      if (step.scenelets.length === 0) throw new RangeError('a step of the script has at least one scenelet');
      return await access.write(storyId, async (tx) => {
        await takePlace(tx, storyId, step);
        return await insertScenelets(tx, storyId, step);
      });
    },

    markTerminal: (storyId, sceneletId) =>
      access.write(storyId, async (tx) => {
        const scenelet = await lockScenelet(tx, storyId, sceneletId);
        await refuseIfContinued(tx, storyId, scenelet);
        await tx.updateTable('scenelets').set({ is_terminal_node: true }).where('id', '=', sceneletId).execute();
      }),

    async deleteAll(storyId) {
      await access.write(storyId, (tx) => tx.deleteFrom('scenelets').where('story_id', '=', storyId).execute());
    },
  };
}

/**
 * Makes sure that nothing follows the step's place yet, and that nobody else continues it at the same time.
 * @throws StoryTreeError `already_completed`
 */
async function takePlace(tx: Transaction<DB>, storyId: string, { parentId, choicePrompt }: ScriptStep): Promise<void> {
  if (parentId === null) {
    // The root has no parent to lock, so the story is locked instead.
    await tx.selectFrom('stories').select('id').where('id', '=', storyId).forNoKeyUpdate().execute();
    return await refuseIfContinued(tx, storyId, null);
  }
  const parent = await lockScenelet(tx, storyId, parentId);
  if (parent.is_terminal_node) {
    throw new StoryTreeError(
      'already_completed',
      `The path ends with ${parent.label}, so nothing can follow it. Regenerate the script to change that.`,
    );
  }
  await refuseIfContinued(tx, storyId, parent);
  if (choicePrompt === null) return;
  await tx
    .updateTable('scenelets')
    .set({ is_branch_point: true, choice_prompt: storableText(choicePrompt) })
    .where('id', '=', parentId)
    .execute();
}

async function refuseIfContinued(tx: Transaction<DB>, storyId: string, parent: LockedScenelet | null): Promise<void> {
  const child = await tx
    .selectFrom('scenelets')
    .select('label')
    .where('story_id', '=', storyId)
    .where('parent_id', parent === null ? 'is' : '=', parent === null ? null : parent.id)
    .limit(1)
    .executeTakeFirst();
  if (child === undefined) return;
  const place = parent === null ? 'The story has its first scenelet' : `What follows ${parent.label} is stored`;
  throw new StoryTreeError('already_completed', `${place} already. Resume the script to go on from what is there.`);
}

interface LockedScenelet {
  id: string;
  label: string;
  is_terminal_node: boolean;
}

/**
 * Locks a scenelet for this transaction: others that want to change it, or its shots and children, wait.
 * @throws StoryTreeError `not_found` when the story has no such scenelet
 */
export async function lockScenelet(tx: Transaction<DB>, storyId: string, sceneletId: string): Promise<LockedScenelet> {
  const scenelet = isUuid(sceneletId)
    ? await tx
        .selectFrom('scenelets')
        .select(['id', 'label', 'is_terminal_node'])
        .where('story_id', '=', storyId)
        .where('id', '=', sceneletId)
        .forNoKeyUpdate()
        .executeTakeFirst()
    : undefined;
  if (scenelet !== undefined) return scenelet;
  throw new StoryTreeError(
    'not_found',
    `Story ${storyId} has no scenelet ${sceneletId}: it was removed in the meantime. Run the task again.`,
  );
}

async function insertScenelets(tx: Transaction<DB>, storyId: string, step: ScriptStep): Promise<Scenelet[]> {
  const rows = await tx
    .insertInto('scenelets')
    .values(step.scenelets.map((scenelet) => toRow(storyId, step.parentId, scenelet)))
    .returningAll()
    .execute();
  // PostgreSQL promises no order for the rows of RETURNING.
  const byLabel = new Map(rows.map((row) => [row.label, toScenelet(row)]));
  return step.scenelets.flatMap(({ label }) => byLabel.get(label) ?? []);
}

function toRow(storyId: string, parentId: string | null, scenelet: NewScenelet): Insertable<SceneletsTable> {
  const { choiceLabelFromParent } = scenelet;
  return {
    story_id: storyId,
    parent_id: parentId,
    label: scenelet.label,
    ordinal: scenelet.ordinal,
    choice_label_from_parent: choiceLabelFromParent === null ? null : storableText(choiceLabelFromParent),
    content: toJson(scenelet.content),
    is_terminal_node: scenelet.isTerminalNode,
  };
}

function toScenelet(row: Selectable<SceneletsTable>): Scenelet {
  return {
    id: row.id,
    storyId: row.story_id,
    label: row.label,
    parentId: row.parent_id,
    ordinal: row.ordinal,
    choiceLabelFromParent: row.choice_label_from_parent,
    choicePrompt: row.choice_prompt,
    content: row.content,
    isBranchPoint: row.is_branch_point,
    isTerminalNode: row.is_terminal_node,
  };
}
