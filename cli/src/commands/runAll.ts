import { bundleFolder, type RunAllOptions, resumeStoryWorkflow } from '@story-tree/agent-backend';
import { type StoryMode, StoryTreeError } from '@story-tree/domain';
import { defaultMode, oneLine, places } from '@story-tree/runtime';
import { SAMPLE_PROMPT } from '@story-tree/stub-models';
import { foresee } from '../foresight.ts';
import { type CommandOutcome, type CommandResult, money } from '../output.ts';
import { type Session, withStory } from '../session.ts';
import { type NewStoryFlags, newStory } from './create.ts';

export interface RunAllFlags extends NewStoryFlags {
  storyId?: string | undefined;
  until?: RunAllOptions['until'];
  overlap?: boolean | undefined;
  concurrency?: number | undefined;
  maxCost?: number | undefined;
}

/** Runs the whole table for a new story or one that exists. `result` is filled as far as things get. */
export async function runAll(session: Session, flags: RunAllFlags, result: CommandResult): Promise<CommandOutcome> {
  const storyId = flags.storyId ?? (await newStory(session, withPrompt(session, flags)));
  result.storyId = storyId;
  let took = '';
  try {
    await withStory(session, storyId, flags, async (dependencies, story) => {
      const foresight = await foresee(session, story, { ...flags, scope: { until: flags.until } });
      const workflow = await resumeStoryWorkflow(storyId, dependencies);
      await workflow.runAllTasks({ until: flags.until, overlap: flags.overlap });
      took = await foresight.outcome();
    });
  } finally {
    result.cost = await costOfRun(session);
  }
  const madeBundle = flags.until === undefined || flags.until === 'CREATE_PLAYER_BUNDLE';
  if (madeBundle) result.bundlePath = bundleFolder({ outputRoot: places(session.environment).output, storyId });
  return { result, lines: [...(await summary(session, result)), `  took    ${took}`] };
}

/** The sample story needs no prompt; a real one does. */
function withPrompt({ environment }: Session, flags: RunAllFlags): NewStoryFlags & { prompt: string } {
  const mode: StoryMode = flags.mode ?? defaultMode(environment);
  if (flags.prompt !== undefined) return { ...flags, mode, prompt: flags.prompt };
  if (mode === 'stub') return { ...flags, mode, prompt: SAMPLE_PROMPT };
  throw new StoryTreeError(
    'usage',
    'What is the story about? Add --prompt "…", or --story-id to go on with one; --mode stub makes the sample story.',
  );
}

/** What this command's calls cost; a database that is gone must not hide what went wrong before. */
export async function costOfRun({ journal, patience, runId }: Session): Promise<number> {
  const summaries = await patience.outlast(() => journal.summarize({ runId })).catch(() => []);
  return summaries.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

async function summary(
  { repositories, patience }: Session,
  { storyId = '', bundlePath, cost = 0 }: CommandResult,
): Promise<string[]> {
  const story = await patience.outlast(() => repositories.stories.get(storyId));
  return [
    oneLine(story?.displayName ?? 'Story'),
    `  story   ${storyId}`,
    ...(bundlePath ? [`  play    ${bundlePath}/player.html`] : []),
    `  cost    ${money(cost)}`,
  ];
}
