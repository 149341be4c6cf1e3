import { bundleFolder, type RunAllOptions, resumeStoryWorkflow } from '@story-tree/agent-backend';
import { type StoryMode, StoryTreeError } from '@story-tree/domain';
import { defaultMode, oneLine, places } from '@story-tree/runtime';
import { SAMPLE_PROMPT } from '@story-tree/stub-models';
import { continuing } from '../continuation.ts';
import { type CommandOutcome, type CommandResult, money } from '../output.ts';
import { showEstimate, spentBy } from '../runFigures.ts';
import type { Session } from '../session.ts';
import { withStory } from '../storyWork.ts';
import { type NewStoryFlags, newStory } from './create.ts';

export interface RunAllFlags extends NewStoryFlags {
  storyId?: string | undefined;
  until?: RunAllOptions['until'];
  overlap?: boolean | undefined;
  concurrency?: number | undefined;
  maxCost?: number | undefined;
}

/** Runs all workflow tasks for a new or an existing story. `result` is filled in as the run gets on. */
export async function runAll(session: Session, flags: RunAllFlags, result: CommandResult): Promise<CommandOutcome> {
  const { environment, invocation, reporter } = session;
  const madeBundle = flags.until === undefined || flags.until === 'CREATE_PLAYER_BUNDLE';
  const scope = { until: flags.until };
  const storyId = flags.storyId ?? (await newStory(session, withPrompt(session, flags)));
  result.storyId = storyId;
  if (flags.storyId === undefined) reporter.note(`Story: ${storyId}`);
  let took = '';
  try {
    await withStory(session, storyId, flags, async (dependencies, story) => {
      session.continueWith(continuing(invocation.args, storyId));
      const counted = await showEstimate(session, story, { ...flags, scope });
      const workflow = await resumeStoryWorkflow(storyId, dependencies);
      await workflow.runAllTasks({ until: flags.until, overlap: flags.overlap });
      took = await counted.outcome();
    });
  } finally {
    result.cost = (await spentBy(session)).costUsd;
  }
  if (madeBundle) result.bundlePath = bundleFolder({ outputRoot: places(environment).output, storyId });
  return { result, lines: [...(await summary(session, result)), `  took    ${took}`] };
}

/** The sample story needs no prompt, a real story does. */
function withPrompt({ environment }: Session, flags: RunAllFlags): NewStoryFlags & { prompt: string } {
  const mode: StoryMode = flags.mode ?? defaultMode(environment);
  if (flags.prompt !== undefined) return { ...flags, mode, prompt: flags.prompt };
  if (mode === 'stub') return { ...flags, mode, prompt: SAMPLE_PROMPT };
  throw new StoryTreeError(
    'usage',
    'What is the story about? Add --prompt "…", or --story-id to continue one; --mode stub makes the sample story.',
  );
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
