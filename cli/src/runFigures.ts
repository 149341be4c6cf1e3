import { loadStoryState } from '@story-tree/agent-backend';
import { type Estimate, estimateInWords, figuresInWords, type Story, toStoryTreeError } from '@story-tree/domain';
import { createEstimator, type RunScope } from '@story-tree/runtime';
import type { Session } from './session.ts';
import { type StoryWork, slotsFor } from './storyWork.ts';

/** A run whose estimate has been shown, and whose figures are being counted. */
export interface CountedRun {
  /** For people: what it took so far beside what was estimated. */
  outcome(): Promise<string>;
}

export interface PlannedRun extends StoryWork {
  scope: RunScope;
  overlap?: boolean | undefined;
}

/** Shows an estimate of a run and starts to count what it takes. A run that cannot be estimated runs all the same. */
export async function showEstimate(session: Session, story: Story, run: PlannedRun): Promise<CountedRun> {
  const startedAt = performance.now();
  const estimate = await tryEstimate(session, story, run);
  if (estimate !== null) session.reporter.note(`Estimated: ${estimateInWords(estimate)}.`);
  return {
    async outcome() {
      const actual = { ...(await spentBy(session)), durationMs: performance.now() - startedAt };
      return estimate === null
        ? figuresInWords(actual)
        : `${figuresInWords(actual)}; estimated ${figuresInWords(estimate)}`;
    },
  };
}

async function tryEstimate(session: Session, story: Story, run: PlannedRun): Promise<Estimate | null> {
  const { environment, database, repositories, reporter } = session;
  try {
    return await createEstimator(environment, database).estimate({
      mode: run.mode ?? story.mode,
      scope: run.scope,
      state: await loadStoryState(repositories, story.id),
      slots: slotsFor(run.concurrency),
      overlap: run.overlap,
    });
  } catch (error) {
    reporter.log('debug', 'The run could not be estimated.', { code: toStoryTreeError(error).code, error });
    return null;
  }
}

/** The calls of this command, and their cost in US dollars. A database that is gone must not hide what was done. */
export async function spentBy({ journal, patience, runId }: Session): Promise<{ calls: number; costUsd: number }> {
  const summaries = await patience.outlast(() => journal.summarize({ runId })).catch(() => []);
  return {
    calls: summaries.reduce((sum, { calls }) => sum + calls, 0),
    costUsd: summaries.reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}
