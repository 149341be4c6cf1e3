import type { StoryMode } from '@story-tree/domain';
import { createModelCallJournal, createStoryRepositories, type Database, type StoryFence } from '@story-tree/supabase';
import { createFileAssetStore } from '../assets/fileAssetStore.ts';
import type { WorkflowDependencies } from '../workflow/engine.ts';
import type { Log, OnProgress } from '../workflow/progress.ts';
import type { ModelSlots } from '../workflow/slots.ts';
import { type Environment, places } from './environment.ts';
import { createModels, scriptLimits } from './models.ts';

/** What the default image model takes at most. */
const DEFAULT_MAX_REFERENCE_IMAGES = 14;

export interface RunSetting {
  environment: Environment;
  database: Database;
  mode: StoryMode;
  /** The lease that every write is bound to. */
  fence: StoryFence;
  slots: ModelSlots;
  /** Names the run in the journal. */
  runId: string;
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
  const { assets, output, playerTemplate } = places(environment);
  return {
    repositories: createStoryRepositories(database.kysely, fence),
    journal: createModelCallJournal(database.kysely, fence),
    models: createModels(mode, environment),
    assets: createFileAssetStore(assets),
    settings: {
      script: scriptLimits(mode, environment),
      maxReferenceImages: environment.GEMINI_MAX_REFERENCE_IMAGES ?? DEFAULT_MAX_REFERENCE_IMAGES,
      outputRoot: output,
      playerTemplate,
    },
    slots,
    runId,
    signal,
    now: () => new Date(),
    log,
    onProgress,
  };
}
