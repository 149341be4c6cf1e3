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
  /** Patience with an unreachable database; by default it lasts until the run is stopped. */
  patience?: Patience;
  slots: ModelSlots;
  /** Identifies the run in the journal. */
  runId: string;
  /** US dollars that the run may spend on models, including what it has spent before; unlimited by default. */
  maxCostUsd?: number | undefined;
  signal: AbortSignal;
  log: Log;
  onProgress: OnProgress;
}

/**
 * Wires the dependencies of a workflow for one run of one story: repositories and journal bound to its lease, the models of
 * its mode, the files, and the settings from the environment.
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
