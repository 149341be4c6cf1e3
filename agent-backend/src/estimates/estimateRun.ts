import type { Estimate, StoryMode } from '@story-tree/domain';
import { MODEL_KINDS, type ModelKind } from '../models/ports.ts';
import type { SlotCounts } from '../models/slots.ts';
import { basisOf, type CallFigures, type UnitFigures } from './callFigures.ts';
import type { ExpectedWork } from './expectedWork.ts';
import { typicalCall } from './typicalCalls.ts';

export interface EstimateSources {
  work: readonly ExpectedWork[];
  figures: CallFigures;
  mode: StoryMode;
  slots: SlotCounts;
  overlap: boolean;
}

/** A task's work, with what a unit of it takes. */
interface TimedWork extends ExpectedWork {
  kind: ModelKind;
  figures: UnitFigures;
}

/** Estimates what the expected work takes: calls, US dollars and milliseconds, in total and for each task. */
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

/** Milliseconds that one task takes by itself: the longer of its chain and its work divided among its model's slots. */
function taskDuration({ units, chain, kind, figures: { latencyMs } }: TimedWork, slots: SlotCounts): number {
  return Math.max(chain * latencyMs, (units * latencyMs) / slots[kind]);
}

/** Milliseconds that a run takes: task after task, or in parallel as far as tasks do not wait for each other. */
function runDuration(work: readonly TimedWork[], slots: SlotCounts, overlap: boolean): number {
  if (!overlap) return work.reduce((sum, each) => sum + taskDuration(each, slots), 0);
  const byKind = MODEL_KINDS.map((kind) => {
    const ofKind = work.filter((each) => each.kind === kind);
    return ofKind.reduce((sum, { units, figures }) => sum + units * figures.latencyMs, 0) / slots[kind];
  });
  return Math.max(...byKind, longestChain(work));
}

/** Each task waits for what it needs and uses. */
function longestChain(work: readonly TimedWork[]): number {
  const ends = new Map<string, number>();
  for (const { definition, chain, figures } of work) {
    const awaited = [...definition.needs, ...(definition.uses ?? [])].map(({ task }) => ends.get(task) ?? 0);
    ends.set(definition.task, Math.max(0, ...awaited) + chain * figures.latencyMs);
  }
  return Math.max(0, ...ends.values());
}
