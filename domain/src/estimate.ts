import type { CallIdentity } from './modelCall.ts';
import type { StoryMode } from './story.ts';

/** The calls of one workflow task to one model, added up. */
export interface CallRecord {
  workflowTask: string;
  model: string;
  /** The number of stories that they were made for. */
  stories: number;
  /** The number of calls that have ended, successfully or not. */
  calls: number;
  /** The number of units that they were made for: a unit that was asked about again took more than one call. */
  units: number;
  /** US dollars; null if none of the calls has a price. */
  costUsd: number | null;
  /** Milliseconds. */
  latencyMs: number;
}

/** The size of a story with a complete script. Null stands for what does not exist yet. */
export interface StoryMeasures {
  targetSceneletsPerPath: number | null;
  scenelets: number;
  endings: number;
  sceneletsWithShots: number;
  shots: number;
  spokenShots: number;
  characters: number | null;
  environments: number | null;
}

/** What one run has spent on models so far. */
export interface RunSpending {
  calls: number;
  costUsd: number;
  /** Calls that were started and never ended because their process was killed. They may have been billed all the same. */
  unfinished: readonly Pick<CallIdentity, 'workflowTask' | 'kind' | 'model'>[];
}

/** What one run of a story took, and the estimate that was made when it began. */
export interface RunRecord {
  runId: string;
  /** The story task; null for a run of the command line. */
  taskId: string | null;
  /** The task's title; null for a run of the command line. */
  title: string | null;
  startedAt: Date;
  /** Milliseconds from the first call to the end of the last one. */
  durationMs: number;
  calls: number;
  costUsd: number;
  /** The estimate; null if there was none. */
  estimated: EstimateFigures | null;
}

/** What earlier runs took: the basis of estimates and budgets. */
export interface CallHistory {
  /** The records of one story, or of the newest stories of a mode. */
  records(of: { storyId: string } | { mode: StoryMode }): Promise<CallRecord[]>;
  /** The measures of the newest stories of a mode whose script is complete. */
  measures(mode: StoryMode): Promise<StoryMeasures[]>;
  /** What a run has spent so far. */
  spending(runId: string): Promise<RunSpending>;
  /** The newest runs of a story, newest first. */
  runs(storyId: string, limit: number): Promise<RunRecord[]>;
}

/** What a run takes, estimated or actual. */
export interface EstimateFigures {
  calls: number;
  /** US dollars; null if a model has no known price. */
  costUsd: number | null;
  /** Milliseconds from beginning to end. */
  durationMs: number;
}

/** What an estimate is based on. */
export interface EstimateBasis {
  /** The number of calls in the journal that it is based on, and of the stories they belong to. */
  calls: number;
  stories: number;
  /** Some of the work has no calls in the journal yet and is estimated from typical sizes and list prices. */
  listPrices: boolean;
}

/** What a run is expected to take. */
export interface Estimate extends EstimateFigures {
  /** For each workflow task, in the table's order; tasks with nothing to do are left out. */
  tasks: readonly ({ task: string; title: string } & EstimateFigures)[];
  basis: EstimateBasis;
}

/** The step of the event in a task's log whose payload is its {@link Estimate}. */
export const ESTIMATED = 'estimated';

/** The most that a run may be allowed to cost, in US dollars. */
export const HIGHEST_LIMIT_USD = 10_000;

/** The basis of an estimate in words, such as "from 412 calls of 3 stories". */
export function basisInWords({ calls, stories, listPrices }: EstimateBasis): string {
  const journal = `${callsInWords(calls)} of ${stories} ${stories === 1 ? 'story' : 'stories'}`;
  if (calls === 0) return listPrices ? 'from typical sizes and list prices' : 'from what the stub is known to make';
  return listPrices ? `from ${journal}, and list prices for the rest` : `from ${journal}`;
}

/** An estimate in words, such as "120 calls, $1.40, about 9 minutes (from 412 calls of 3 stories)". */
export function estimateInWords(estimate: Estimate): string {
  return `${figuresInWords(estimate)} (${basisInWords(estimate.basis)})`;
}

/** Figures in words, such as "120 calls, $1.40, about 9 minutes". */
export function figuresInWords({ calls, costUsd, durationMs }: EstimateFigures): string {
  const cost = costUsd === null ? 'cost unknown' : dollars(costUsd);
  return `${callsInWords(calls)}, ${cost}, ${timeInWords(durationMs)}`;
}

/** A number of calls in words, such as "120 calls". */
export function callsInWords(calls: number): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}

/** US dollars in words, such as "$1.40", "less than a cent", or "unknown" for null. */
export function dollars(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd > 0 && usd < 0.01) return 'less than a cent';
  return `$${usd.toFixed(2)}`;
}

/** Milliseconds in words, rounded to whole minutes, such as "about 9 minutes". */
export function timeInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
