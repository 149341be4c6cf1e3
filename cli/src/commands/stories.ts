import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { loadStoryState, missingStory, removeStory, WORKFLOW_TASKS } from '@story-tree/agent-backend';
import { type Story, StoryTreeError } from '@story-tree/domain';
import { oneLine, places, printable } from '@story-tree/runtime';
import { createStoryRepositories } from '@story-tree/supabase';
import { busyWithTask, writingTask } from '../busyStory.ts';
import { type CommandOutcome, type CommandResult, money } from '../output.ts';
import { type Session, withLease } from '../session.ts';

export async function listStories({ repositories }: Session): Promise<CommandOutcome> {
  const stories = await repositories.stories.list();
  const lines = stories.map((story) => `${story.id}  ${story.mode}  ${day(story)}  ${oneLine(story.displayName)}`);
  return {
    result: { stories: stories.map(({ id, displayName, mode, createdAt }) => ({ id, displayName, mode, createdAt })) },
    lines:
      lines.length > 0
        ? lines
        : ['There are no stories yet. Create one with: npm run story-tree -- run-all --prompt "…"'],
  };
}

export async function showStory({ repositories, journal }: Session, storyId: string): Promise<CommandOutcome> {
  const state = await loadStoryState(repositories, storyId);
  const { story, scenelets, shots } = state;
  const costs = await journal.summarize({ storyId });
  const cost = costs.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const stored = WORKFLOW_TASKS.filter((task) => task.kind !== 'bundle');
  const artifacts = stored.filter((task) => task.hasOutput(state)).map(({ task }) => task);
  const endings = scenelets.filter((scenelet) => scenelet.isTerminalNode).length;
  return {
    result: {
      storyId,
      cost,
      title: story.displayName,
      prompt: story.initialPrompt,
      mode: story.mode,
      createdAt: story.createdAt,
      artifacts,
      scenelets: scenelets.length,
      endings,
      shots: shots.length,
      costs,
    },
    lines: [
      oneLine(story.displayName),
      `  story      ${story.id}`,
      `  prompt     ${oneLine(story.initialPrompt)}`,
      `  mode       ${story.mode}, made on ${day(story)}`,
      `  tree       ${scenelets.length} scenelets, ${endings} endings, ${shots.length} shots`,
      `  cost       ${money(cost)}`,
      ...stored.map(({ task }) => `  ${artifacts.some((made) => made === task) ? '✓' : '·'} ${task}`),
    ],
  };
}

/**
 * Deletes a story with everything in it, files included, after asking.
 * @throws StoryTreeError `story_busy` naming the task that works on it or is going to
 */
export async function deleteStory(session: Session, storyId: string, assumeYes: boolean): Promise<CommandOutcome> {
  const story = await session.repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  const task = await writingTask(session.database, storyId);
  if (task !== undefined) throw busyWithTask(task);
  const name = oneLine(story.displayName);
  await confirm(`Delete "${name}" with its script, pictures and voices?`, assumeYes);
  await withLease(session, storyId, async (lease) => {
    const { database, assets, environment } = session;
    await removeStory(storyId, {
      repositories: createStoryRepositories(database.kysely, lease),
      assets,
      settings: { outputRoot: places(environment).output },
    });
  });
  const result: CommandResult = { storyId };
  return { result, lines: [`Deleted "${name}".`] };
}

/** @throws StoryTreeError `usage` where nobody can be asked, `cancelled` for a no */
export async function confirm(question: string, assumeYes: boolean): Promise<void> {
  if (assumeYes) return;
  if (!process.stdin.isTTY) throw new StoryTreeError('usage', `${question} Without a terminal, confirm with --yes.`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(printable(`${question} [y/N] `));
    if (!/^y(es)?$/i.test(answer.trim())) throw new StoryTreeError('cancelled', 'Nothing was changed.');
  } finally {
    prompt.close();
  }
}

function day({ createdAt }: Story): string {
  return createdAt.toISOString().slice(0, 10);
}
