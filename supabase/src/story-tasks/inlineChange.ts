import { type InlineChange, type NewStory, StoryTreeError } from '@story-tree/domain';
import { sql, type Transaction } from 'kysely';
import { createStoriesRepository, renameStory, reviseConstitution } from '../repositories/stories.ts';
import { createStoryAccess, isUuid, storyNotFound } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import type { Change } from './submit.ts';

/** Does what an inline operation does, and says so. */
export async function applyInlineChange(
  tx: Transaction<DB>,
  storyId: string | null,
  change: InlineChange,
): Promise<Change> {
  switch (change.kind) {
    case 'create-story':
      return { storyId: await createStory(tx, change.story), events: [done('The story is created.')] };
    case 'rename-story': {
      const id = known(storyId);
      await renameStory(tx, id, change.displayName);
      return { storyId: id, events: [done(`The story is called “${change.displayName}” now.`)] };
    }
    case 'restore-constitution': {
      const id = known(storyId);
      const version = await restoreConstitution(tx, id, change);
      const message = `Version ${change.version} of the constitution is back, as version ${version}.`;
      return { storyId: id, events: [done(message, { version })] };
    }
    default:
      return change satisfies never;
  }
}

/** @returns the new story's id */
export async function createStory(tx: Transaction<DB>, story: NewStory): Promise<string> {
  return (await createStoriesRepository(createStoryAccess(tx)).create(story)).id;
}

async function restoreConstitution(
  tx: Transaction<DB>,
  storyId: string,
  { version, fence }: Extract<InlineChange, { kind: 'restore-constitution' }>,
): Promise<number> {
  await sql`select public.assert_story_lease(${storyId}, ${fence})`.execute(tx);
  const earlier = await tx
    .selectFrom('constitution_versions')
    .select('markdown')
    .where('story_id', '=', storyId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (earlier === undefined) {
    throw new StoryTreeError(
      'not_found',
      `The constitution has no version ${version}. Take one from the story's list of versions.`,
    );
  }
  return await reviseConstitution(tx, storyId, earlier.markdown, 'restored');
}

function known(storyId: string | null): string {
  if (storyId === null || !isUuid(storyId)) throw storyNotFound(storyId ?? '');
  return storyId;
}

function done(message: string, payload?: Readonly<Record<string, unknown>>) {
  return { eventType: 'info', step: 'succeeded', message, ...(payload === undefined ? {} : { payload }) } as const;
}
