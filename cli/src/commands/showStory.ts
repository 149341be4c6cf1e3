import {
  createFileAssetStore,
  loadStoryState,
  taskProgress,
  WORKFLOW_TASKS,
  type WorkflowTaskProgress,
} from '@story-tree/agent-backend';
import type { Story, StoryState } from '@story-tree/domain';
import { type Environment, places } from '@story-tree/runtime/environment';
import { coloured, oneLine } from '@story-tree/runtime/terminalText';
import { workflowSettings } from '@story-tree/runtime/workflowSettings';
import { findStory } from '../findStory.ts';
import { type CommandOutcome, counted, money } from '../output.ts';
import type { Session } from '../session.ts';

interface Stage extends WorkflowTaskProgress {
  task: string;
}

/** Shows what there is of a story, stage by stage, and what it cost. */
export async function showStory(session: Session, storyId: string): Promise<CommandOutcome> {
  const { repositories, journal, environment } = session;
  await findStory(session, storyId);
  const state = await loadStoryState(repositories, storyId);
  const { story, scenelets, shots } = state;
  const costs = await journal.summarize({ storyId });
  const cost = costs.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const stored = WORKFLOW_TASKS.filter((task) => task.kind !== 'bundle');
  const artifacts = stored.filter((task) => task.hasOutput(state)).map(({ task }) => task);
  const progress = await progressOf(state, environment);
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
      progress,
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
      `  tree       ${counted(scenelets.length, 'scenelet')}, ${counted(endings, 'ending')}, ${counted(shots.length, 'shot')}`,
      `  cost       ${money(cost)}`,
      ...progress.map(stageLine),
    ],
  };
}

function progressOf(state: StoryState, environment: Environment): Promise<Stage[]> {
  const ground = {
    assets: createFileAssetStore(places(environment).assets),
    settings: workflowSettings(state.story.mode, environment),
  };
  return Promise.all(
    WORKFLOW_TASKS.map(async (task) => ({ task: task.task, ...(await taskProgress(task, state, ground)) })),
  );
}

/** A tick is for a stage of which nothing is missing. */
function stageLine({ task, completed, total }: Stage): string {
  if (completed === 0) return `  ${coloured('dim', '·')} ${task}`;
  if (completed === total) return `  ${coloured('green', '✓')} ${task}`;
  return `  ${coloured('yellow', '◐')} ${task}, ${completed} of ${total}`;
}

function day({ createdAt }: Story): string {
  return createdAt.toISOString().slice(0, 10);
}
