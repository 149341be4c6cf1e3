import type { CallRecord, EstimateBasis, StoryMode } from '@story-tree/domain';
import type { ModelKind } from '../models/ports.ts';
import { costInUsd } from '../models/prices.ts';
import { typicalCall } from './typicalCalls.ts';

/** What one unit of a workflow task takes on average: calls, US dollars and milliseconds. */
export interface UnitFigures {
  calls: number;
  /** US dollars; null if the model has no known price. */
  costUsd: number | null;
  latencyMs: number;
  /** The calls in the journal that this is based on; null for typical sizes at list prices. */
  record: Pick<CallRecord, 'calls' | 'stories'> | null;
}

export interface FigureSources {
  mode: StoryMode;
  models: Readonly<Record<ModelKind, string>>;
  /** Records of the story itself, which say most about the rest of it. */
  own: readonly CallRecord[];
  /** Records of the newest stories. */
  others: readonly CallRecord[];
  /** Milliseconds that each call of the stub takes. */
  stubLatencyMs: number;
  now: Date;
}

/** From this many units of a task on, a story's own record counts before those of others. */
const ENOUGH_OWN_UNITS = 5;

/** What a unit of a task takes; null for a task that calls no model. */
export type CallFigures = (workflowTask: string) => UnitFigures | null;

/**
 * Figures from the journal where it has records of the task with the model that will be called, else from typical sizes and
 * list prices.
 */
export function createCallFigures(sources: FigureSources): CallFigures {
  const { mode, models, own, others } = sources;
  return (workflowTask) => {
    const typical = typicalCall(workflowTask);
    if (typical === null) return null;
    const fits = (record: CallRecord) =>
      record.workflowTask === workflowTask && record.model === models[typical.kind] && record.units > 0;
    const record =
      own.filter(fits).find(({ units }) => units >= ENOUGH_OWN_UNITS) ?? others.find(fits) ?? own.find(fits);
    const list = mode === 'stub' ? 0 : costInUsd(models[typical.kind], typical.usage, sources.now);
    if (record === undefined) {
      return {
        calls: 1,
        costUsd: list,
        latencyMs: mode === 'stub' ? sources.stubLatencyMs : typical.latencyMs,
        record: null,
      };
    }
    const { calls, units, costUsd, latencyMs, stories } = record;
    return {
      calls: calls / units,
      costUsd: costUsd === null ? list : costUsd / units,
      latencyMs: latencyMs / units,
      record: { calls, stories },
    };
  };
}

/** What the figures of several tasks are based on, all together. */
export function basisOf(figures: readonly UnitFigures[], mode: StoryMode): EstimateBasis {
  const records = figures.map(({ record }) => record).filter((record) => record !== null);
  return {
    calls: records.reduce((sum, { calls }) => sum + calls, 0),
    stories: Math.max(0, ...records.map(({ stories }) => stories)),
    listPrices: mode !== 'stub' && records.length < figures.length,
  };
}
