import { StoryTreeError } from '@story-tree/domain';
import type { Transaction } from 'kysely';
import type { DB } from '../schema.ts';
import { isUuid } from './storyAccess.ts';

export interface LockedScenelet {
  id: string;
  label: string;
  is_terminal_node: boolean;
}

/**
 * Keeps a scenelet for this transaction: whoever else wants to change it, or what hangs on it, waits.
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
