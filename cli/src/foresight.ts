import { loadStoryState } from '@story-tree/agent-backend';
import {
  type Estimate,
  type EstimateFigures,
  estimateInWords,
  figuresInWords,
  type Story,
  toStoryTreeError,
} from '@story-tree/domain';
import { createEstimator, type RunScope } from '@story-tree/runtime';
import { type Session, type StoryWork, slotsFor } from './session.ts';

/** A run that was foreseen before it began. */
export interface Foresight {
  /** For people: what it took beside what was foreseen. */
  outcome(): Promise<string>;
}

export interface ForeseenRun extends StoryWork {
  scope: RunScope;
  overlap?: boolean | undefined;
}

/** Says what a run is going to take, and begins to count what it takes. A run that cannot be foreseen runs all the same. */
export async function foresee(session: Session, story: Story, run: ForeseenRun): Promise<Foresight> {
  const began = performance.now();
  const estimate = await estimateOf(session, story, run);
  if (estimate !== null) session.reporter.note(`Estimated: ${estimateInWords(estimate)}.`);
  return {
    async outcome() {
      const actual = await spentBy(session, performance.now() - began);
      return estimate === null
        ? figuresInWords(actual)
        : `${figuresInWords(actual)}; estimated ${figuresInWords(estimate)}`;
    },
  };
}

async function estimateOf(session: Session, story: Story, run: ForeseenRun): Promise<Estimate | null> {
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
    reporter.log('debug', 'the run could not be foreseen', { code: toStoryTreeError(error).code, error });
    return null;
  }
}

/** A database that is gone must not hide what was done. */
async function spentBy({ journal, patience, runId }: Session, durationMs: number): Promise<EstimateFigures> {
  const summaries = await patience.outlast(() => journal.summarize({ runId })).catch(() => []);
  return {
    calls: summaries.reduce((sum, { calls }) => sum + calls, 0),
    costUsd: summaries.reduce((sum, { costUsd }) => sum + costUsd, 0),
    durationMs,
  };
}
