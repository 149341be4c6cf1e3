import type { Estimate, StoryMode } from '@story-tree/domain';
import type { SlotCounts } from '../models/slots.ts';
import { basisOf, type CallFigures } from './callFigures.ts';
import { runDuration, type TimedWork, taskDuration } from './duration.ts';
import type { ExpectedWork } from './expectedWork.ts';
import { typicalCall } from './typicalCalls.ts';

export interface EstimateSources {
  work: readonly ExpectedWork[];
  figures: CallFigures;
  mode: StoryMode;
  slots: SlotCounts;
  overlap: boolean;
}

/** What work takes: calls, dollars and time. */
export function estimateRun({ work, figures, mode, slots, overlap }: EstimateSources): Estimate {
  const timed = work.flatMap((each) => timedWork(each, figures));
  const tasks = timed.map((each) => ({
    task: each.definition.task,
    title: each.definition.title,
    calls: Math.round(each.units * each.figures.calls),
    costUsd: each.figures.costUsd === null ? null : each.units * each.figures.costUsd,
    durationMs: taskDuration(each, slots),
  }));
  return {
    calls: tasks.reduce((sum, { calls }) => sum + calls, 0),
    costUsd: tasks.reduce<number | null>(
      (sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
      0,
    ),
    durationMs: runDuration(timed, slots, overlap),
    tasks,
    basis: basisOf(
      timed.map((each) => each.figures),
      mode,
    ),
  };
}

function timedWork(work: ExpectedWork, figures: CallFigures): TimedWork[] {
  const kind = typicalCall(work.definition.task)?.kind;
  const each = figures(work.definition.task);
  return work.units === 0 || kind === undefined || each === null ? [] : [{ ...work, kind, figures: each }];
}
