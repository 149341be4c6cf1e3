import { createFileAssetStore, removeStory } from '@story-tree/agent-backend';
import { oneLine, places } from '@story-tree/runtime';
import { createStoryRepositories } from '@story-tree/supabase';
import { busyWithTask, writingTask } from '../busyStory.ts';
import { confirm } from '../confirm.ts';
import { findStory } from '../findStory.ts';
import type { CommandOutcome, CommandResult } from '../output.ts';
import type { Session } from '../session.ts';
import { withLease } from '../storyWork.ts';

/**
 * Deletes a story with everything in it, files included, after asking.
 * @throws StoryTreeError `story_busy` naming the task that works on it or is going to
 */
export async function deleteStory(session: Session, storyId: string, assumeYes: boolean): Promise<CommandOutcome> {
  const story = await findStory(session, storyId);
  const task = await writingTask(session.database, storyId);
  if (task !== undefined) throw busyWithTask(task);
  const name = oneLine(story.displayName);
  await confirm(`Delete "${name}" with its script, pictures and voices?`, { assumeYes, signal: session.signal });
  await withLease(session, storyId, async (lease) => {
    const { database, environment } = session;
    const { assets, output } = places(environment);
    await removeStory(storyId, {
      repositories: createStoryRepositories(database.kysely, lease),
      assets: createFileAssetStore(assets),
      settings: { outputRoot: output },
    });
  });
  const result: CommandResult = { storyId };
  return { result, lines: [`Deleted "${name}".`] };
}
