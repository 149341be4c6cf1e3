import { type ModelKind, slotCounts } from '@story-tree/agent-backend';
import type { StubSettings } from '@story-tree/stub-models';
import type { TestDatabase } from '@story-tree/testkit/database/database.ts';
import { type BenchRow, seconds } from './measure.ts';
import { withBenchStory } from './pipeline/benchStory.ts';
import { longTailed, type Pace, pacedModels, steady } from './pipeline/pacedModels.ts';
import { PlanGraph, type TimedCall } from './pipeline/planGraph.ts';

/** Real models take ten to a hundred times as long. */
const LATENCY_MS = 500;
const STORY = { sceneletCount: 20, shotsPerScenelet: 2, branching: 2 };
/** So large that each kind of model is the bottleneck for a while. */
const LARGE_STORY = { sceneletCount: 250, shotsPerScenelet: 3, branching: 2 };
const BASELINE = 'longest chain, or calls ÷ slots plus the chains before and after them';

/** A whole story with overlapping tasks, and models that always take the same time. */
export function steadyRow(concurrency: number): BenchRow {
  const name = `pipeline with overlap, ${STORY.sceneletCount} scenelets, ${concurrency} at once`;
  return { name, baseline: BASELINE, bar: 1.05, round: () => round(STORY, concurrency, steady(LATENCY_MS)) };
}

/** The same with a story that takes a minute. */
export function largeRow(concurrency: number): BenchRow {
  const name = `pipeline with overlap, ${LARGE_STORY.sceneletCount} scenelets, ${concurrency} at once`;
  const one = () => round(LARGE_STORY, concurrency, steady(LATENCY_MS));
  return { name, baseline: BASELINE, bar: 1.05, rounds: 1, round: one };
}

/** The same with models that are sometimes slow. */
export function longTailedRow(concurrency: number): BenchRow {
  const name = `pipeline with overlap, ${STORY.sceneletCount} scenelets, ${concurrency} at once, long-tailed latencies`;
  return { name, baseline: BASELINE, bar: 1.25, round: () => round(STORY, concurrency, longTailed(LATENCY_MS)) };
}

async function round(size: StubSettings, concurrency: number, pace: Pace): Promise<number> {
  const graph = new PlanGraph();
  // Speech has as many slots as the other kinds, so that its order is no constraint.
  const slots = slotCounts(concurrency, concurrency);
  return withBenchStory({ models: pacedModels(size, pace), slots, log: graph.log }, async (story) => {
    const taken = await seconds(() => story.workflow.runAllTasks({ overlap: true }));
    return taken / graph.bound(await callsOf(story.database, pace), slots);
  });
}

/** Every call in the journal, with the time that its model took. */
async function callsOf({ pool }: TestDatabase, pace: Pace): Promise<TimedCall[]> {
  const { rows } = await pool.query<{ task: string; unit: string; kind: ModelKind; hash: string }>(
    'select workflow_task as task, unit_key as unit, kind, request_hash as hash from model_calls',
  );
  return rows.map(({ task, unit, kind, hash }) => ({ task, unit, kind, seconds: pace(hash) / 1000 }));
}
