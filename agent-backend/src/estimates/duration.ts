import { MODEL_KINDS, type ModelKind } from '../models/ports.ts';
import type { SlotCounts } from '../models/slots.ts';
import type { UnitFigures } from './callFigures.ts';
import type { ExpectedWork } from './expectedWork.ts';

/** A task's work with what a unit of it takes. */
export interface TimedWork extends ExpectedWork {
  kind: ModelKind;
  figures: UnitFigures;
}

/** Milliseconds that one task takes by itself: its longest chain, or its work shared by the slots of its model. */
export function taskDuration({ units, chain, kind, figures: { latencyMs } }: TimedWork, slots: SlotCounts): number {
  return Math.max(chain * latencyMs, (units * latencyMs) / slots[kind]);
}

/** Milliseconds that a run takes: task after task, or side by side as far as they do not wait for each other. */
export function runDuration(work: readonly TimedWork[], slots: SlotCounts, overlap: boolean): number {
  if (!overlap) return work.reduce((sum, each) => sum + taskDuration(each, slots), 0);
  const byKind = MODEL_KINDS.map((kind) => {
    const ofKind = work.filter((each) => each.kind === kind);
    return ofKind.reduce((sum, { units, figures }) => sum + units * figures.latencyMs, 0) / slots[kind];
  });
  return Math.max(...byKind, longestChain(work));
}

/** Each task waits for what it needs and uses; of what it works on piece by piece, the first piece is enough. */
function longestChain(work: readonly TimedWork[]): number {
  const ends = new Map<string, number>();
  for (const { definition, chain, figures } of work) {
    const awaited = [...definition.needs, ...(definition.uses ?? [])].map(({ task }) => ends.get(task) ?? 0);
    ends.set(definition.task, Math.max(0, ...awaited) + chain * figures.latencyMs);
  }
  return Math.max(0, ...ends.values());
}
