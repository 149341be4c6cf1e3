import type { StoryOverviewEntry } from '@story-tree/domain';
import { oneLine } from '@story-tree/runtime/terminalText';
import { createStoryOverview } from '@story-tree/supabase';
import { commandFrom } from '../invocation.ts';
import { type Fact, listLines } from '../lists.ts';
import { type CommandOutcome, counted, money } from '../output.ts';
import type { Session } from '../session.ts';

/** Lists the stories with what there is of each and what it cost, newest first. */
export async function listStories({ database, invocation, columns }: Session): Promise<CommandOutcome> {
  const stories = await createStoryOverview(database.kysely).list();
  const create = commandFrom(invocation.folder, ['run-all', '--prompt', '…']);
  const entries = stories.map((story) => ({
    id: story.id,
    facts: factsOf(story),
    title: oneLine(story.displayName),
    note: '',
  }));
  return {
    result: { stories },
    lines:
      entries.length > 0 ? listLines(entries, columns) : ['There are no stories yet. Create one with:', `  ${create}`],
  };
}

function factsOf(story: StoryOverviewEntry): Fact[] {
  const { createdAt, mode, scenelets, shots, costUsd } = story;
  return [
    { text: createdAt.toISOString().slice(0, 10) },
    { text: mode },
    progressOf(story),
    { text: counted(scenelets, 'scenelet') },
    { text: counted(shots, 'shot') },
    { text: money(costUsd) },
  ];
}

function progressOf({ activeTaskId, playable, keyFrames, shots, scenelets }: StoryOverviewEntry): Fact {
  if (activeTaskId !== null) return { text: 'working', colour: 'cyan' };
  const pictures = keyFrames < shots ? `${keyFrames}/${shots} pictures` : '';
  if (playable) return { text: ['playable', pictures].filter(Boolean).join(', '), colour: 'green' };
  if (shots > 0) return { text: pictures };
  return { text: scenelets > 0 ? 'script' : 'idea', colour: 'dim' };
}
