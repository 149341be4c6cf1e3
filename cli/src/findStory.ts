import { type Story, StoryTreeError } from '@story-tree/domain';
import { oneLine } from '@story-tree/runtime/terminalText';
import type { Session } from './session.ts';

/** How many stories are listed to choose from. */
const LISTED = 20;

/** @throws StoryTreeError `not_found` */
export async function findStory({ repositories }: Session, storyId: string): Promise<Story> {
  const story = await repositories.stories.get(storyId);
  if (story !== null) return story;
  throw new StoryTreeError(
    'not_found',
    `There is no story ${storyId}. \`story-tree stories list\` lists those there are.`,
  );
}

/**
 * The story that a command means: the one named, else the only one there is.
 * @throws StoryTreeError `usage` listing the newest stories when it cannot tell, `not_found`
 */
export async function chooseStory(session: Session, storyId: string | undefined): Promise<Story> {
  if (storyId !== undefined) return await findStory(session, storyId);
  const stories = await session.repositories.stories.list();
  const [newest] = stories;
  if (newest === undefined) {
    throw new StoryTreeError('usage', 'There are no stories yet: `story-tree create --prompt "…"` creates one.');
  }
  if (stories.length === 1) return newest;
  const listed = stories.slice(0, LISTED).map(({ id, displayName }) => `\n  ${id}  ${oneLine(displayName)}`);
  const more = stories.length > LISTED ? `\n\`story-tree stories list\` lists all ${stories.length}.` : '';
  throw new StoryTreeError('usage', `Which story? Add --story-id with one of:${listed.join('')}${more}`);
}
