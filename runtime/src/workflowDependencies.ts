import {
  type CallBudget,
  createBudget,
  createFileAssetStore,
  type ModelSlots,
  type OnProgress,
  type WorkflowDependencies,
} from '@story-tree/agent-backend';
import type { Log, StoryMode } from '@story-tree/domain';
import {
  createModelCallJournal,
  createPatience,
  createStoryRepositories,
  type Database,
  type Patience,
  type StoryFence,
} from '@story-tree/supabase';
import { type Environment, places } from './environment.ts';
import { createEstimator } from './estimator.ts';
import { createModels } from './models.ts';
import { workflowSettings } from './workflowSettings.ts';

export interface RunSetting {
  environment: Environment;
  database: Database;
  mode: StoryMode;
  /** The lease that every write is bound to. */
  fence: StoryFence;
  /** With a database that is away; for as long as the run is not stopped, unless told. */
  patience?: Patience;
  slots: ModelSlots;
  /** Names the run in the journal. */
  runId: string;
  /** What the run may spend on models, in US dollars, what it has spent before included; unset for whatever it takes. */
  maxCostUsd?: number | undefined;
  signal: AbortSignal;
  log: Log;
  onProgress: OnProgress;
}

/**
 * Wires what a workflow stands on for one run of one story: repositories and journal bound to its lease, the models of
 * its mode, the files, and the settings of the environment.
 * @throws StoryTreeError `not_configured` for real models without a key
 */
export function workflowDependencies(setting: RunSetting): WorkflowDependencies {
  const { environment, database, mode, fence, slots, runId, signal, log, onProgress } = setting;
  const { patience = createPatience({ signal, log }) } = setting;
  const { assets } = places(environment);
  return {
    repositories: createStoryRepositories(database.kysely, fence, patience),
    journal: createModelCallJournal(database.kysely, fence, patience),
    models: createModels(mode, environment),
    assets: createFileAssetStore(assets),
    settings: workflowSettings(mode, environment),
    slots,
    runId,
    ...budgetOf(setting, patience),
    signal,
    now: () => new Date(),
    log,
    onProgress,
  };
}

function budgetOf(
  { environment, database, mode, fence, runId, maxCostUsd }: RunSetting,
  patience: Patience,
): { budget?: CallBudget } {
  if (maxCostUsd === undefined) return {};
  const estimator = createEstimator(environment, database);
  const run = { runId, storyId: fence.storyId, mode };
  return { budget: createBudget(maxCostUsd, () => patience.outlast(() => estimator.budgetGround(run))) };
}
