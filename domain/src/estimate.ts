import type { CallIdentity } from './modelCall.ts';
import type { StoryMode } from './story.ts';

/** What the calls of one workflow task to one model have come to, all together. */
export interface CallRecord {
  workflowTask: string;
  model: string;
  /** Stories that they were made for. */
  stories: number;
  /** Calls that have ended, whatever came of them. */
  calls: number;
  /** Pieces of work that they were made for: one that was asked again about took more than one. */
  units: number;
  /** US dollars; null when none of the calls has a price. */
  costUsd: number | null;
  /** Milliseconds. */
  latencyMs: number;
}

/** How large a story has become whose script is complete. Null stands for what there is not yet. */
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
  /** Calls that were begun and never ended: their process was killed. They may have been billed all the same. */
  unfinished: readonly Pick<CallIdentity, 'workflowTask' | 'kind' | 'model'>[];
}

/** What one run of a story took, and what was foreseen when it began. */
export interface RunRecord {
  runId: string;
  /** The story task; null for a run of the command line. */
  taskId: string | null;
  /** What the task is called; null for a run of the command line. */
  title: string | null;
  startedAt: Date;
  /** From the first call to the end of the last one, in milliseconds. */
  durationMs: number;
  calls: number;
  costUsd: number;
  foreseen: EstimateFigures | null;
}

/** What earlier runs took: what estimates and budgets are made from. */
export interface CallHistory {
  /** Of one story, or of the newest stories of a mode. */
  records(of: { storyId: string } | { mode: StoryMode }): Promise<CallRecord[]>;
  /** The newest stories of a mode whose script is complete. */
  measures(mode: StoryMode): Promise<StoryMeasures[]>;
  spending(runId: string): Promise<RunSpending>;
  /** The newest runs of a story, newest first. */
  runs(storyId: string, limit: number): Promise<RunRecord[]>;
}

/** What a run takes, foreseen or in fact. */
export interface EstimateFigures {
  calls: number;
  /** US dollars; null where a model has no known price. */
  costUsd: number | null;
  /** Milliseconds from beginning to end. */
  durationMs: number;
}

/** What an estimate was made from. */
export interface EstimateBasis {
  /** Calls in the journal that it goes by, and the stories they belong to. */
  calls: number;
  stories: number;
  /** For some of the work there are none yet: typical sizes and the list of prices stand in. */
  listPrices: boolean;
}

/** What a run is going to take. */
export interface Estimate extends EstimateFigures {
  /** By workflow task, in the table's order; those with nothing to do are left out. */
  tasks: readonly ({ task: string; title: string } & EstimateFigures)[];
  basis: EstimateBasis;
}

/** The step of the line in a task's log whose payload is its {@link Estimate}. */
export const ESTIMATED = 'estimated';

/** The most that a run may be allowed to cost, in US dollars. */
export const HIGHEST_LIMIT_USD = 10_000;

/** An estimate's basis in words, as in "from 412 calls of 3 stories". */
export function basisInWords({ calls, stories, listPrices }: EstimateBasis): string {
  const journal = `${callsInWords(calls)} of ${stories} ${stories === 1 ? 'story' : 'stories'}`;
  if (calls === 0) return listPrices ? 'from typical sizes and list prices' : 'from what the stub is known to make';
  return listPrices ? `from ${journal}, and list prices for the rest` : `from ${journal}`;
}

/** An estimate in words, as in "120 calls, $1.40, about 9 minutes (from 412 calls of 3 stories)". */
export function estimateInWords(estimate: Estimate): string {
  return `${figuresInWords(estimate)} (${basisInWords(estimate.basis)})`;
}

/** Figures in words, as in "120 calls, $1.40, about 9 minutes". */
export function figuresInWords({ calls, costUsd, durationMs }: EstimateFigures): string {
  const cost = costUsd === null ? 'cost unknown' : dollars(costUsd);
  return `${callsInWords(calls)}, ${cost}, ${timeInWords(durationMs)}`;
}

/** As in "120 calls". */
export function callsInWords(calls: number): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}

/** US dollars in words, as in "$1.40"; less than a cent is said so, and so is what nobody knows. */
export function dollars(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd > 0 && usd < 0.01) return 'less than a cent';
  return `$${usd.toFixed(2)}`;
}

/** Rounded as far as one can foresee, as in "about 9 minutes". */
export function timeInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
