import {
  loadStoryState,
  requirePrerequisites,
  type StoryWorkflowTask,
  taskDefinition,
} from '@story-tree/agent-backend';
import { basisInWords, dollars, type Estimate, type StoryMode, timeInWords } from '@story-tree/domain';
import { createEstimator, defaultMode, type RunScope } from '@story-tree/runtime';
import { findStory } from '../findStory.ts';
import type { CommandOutcome, CommandResult } from '../output.ts';
import type { Session } from '../session.ts';
import { slotsFor } from '../storyWork.ts';

export interface EstimateFlags {
  storyId?: string | undefined;
  task?: StoryWorkflowTask | undefined;
  until?: StoryWorkflowTask | undefined;
  scenelets?: number | undefined;
  mode?: StoryMode | undefined;
  concurrency?: number | undefined;
  overlap?: boolean | undefined;
}

const TITLE_WIDTH = 22;

/**
 * Estimates a run of a story, or of one that does not exist yet. Nothing is made.
 * @throws StoryTreeError `not_found`, `prerequisite_missing` for a task that could not run
 */
export async function estimate(session: Session, flags: EstimateFlags): Promise<CommandOutcome> {
  const { environment, database, repositories } = session;
  const { storyId, task, until, scenelets } = flags;
  const state =
    storyId === undefined ? null : await loadStoryState(repositories, (await findStory(session, storyId)).id);
  if (state !== null && task !== undefined) requirePrerequisites(taskDefinition(task), state, {});
  const mode = flags.mode ?? state?.story.mode ?? defaultMode(environment);
  const scope: RunScope = task === undefined ? { until } : { task, options: {} };
  const estimated = await createEstimator(environment, database).estimate({
    mode,
    scope,
    state,
    target: scenelets ?? null,
    slots: slotsFor(flags.concurrency),
    overlap: flags.overlap,
  });
  const result: CommandResult = { ...(storyId && { storyId }), ...(task && { task }), mode, estimate: estimated };
  return { result, lines: table(estimated) };
}

function table({ tasks, basis, ...all }: Estimate): string[] {
  if (tasks.length === 0) return ['Nothing is missing: no model would be called.'];
  const rows = [...tasks, { title: 'Total', ...all }];
  return [
    ...rows.map(({ title, calls, costUsd, durationMs }) =>
      [
        title.padEnd(TITLE_WIDTH),
        `${calls}`.padStart(6),
        dollars(costUsd).padStart(17),
        ` ${timeInWords(durationMs)}`,
      ].join(' '),
    ),
    `Estimated ${basisInWords(basis)}.`,
  ];
}
