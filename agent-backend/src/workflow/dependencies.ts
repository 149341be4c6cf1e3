import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AssetStore, Log, ModelCallJournal, StoryRepositories } from '@story-tree/domain';
import { createFileAssetStore } from '../assets/fileAssetStore.ts';
import type { CallBudget } from '../models/budget.ts';
import { createMemoryJournal } from '../models/memoryJournal.ts';
import type { Models } from '../models/ports.ts';
import { ModelSlots, slotCounts } from '../models/slots.ts';
import { DEFAULT_MAX_REFERENCE_IMAGES, DEFAULT_SCRIPT_LIMITS, type WorkflowSettings } from '../planning/settings.ts';
import type { OnProgress } from './progress.ts';

/** Everything that the engine and the tasks stand on. */
export interface WorkflowDependencies {
  repositories: StoryRepositories;
  models: Models;
  /** Remembers what models replied, so that no reply is paid for twice. */
  journal: ModelCallJournal;
  /** Where pictures and speech are kept. */
  assets: AssetStore;
  settings: WorkflowSettings;
  slots: ModelSlots;
  /** Names one run in the journal: the story task's id, or one that the command line draws. */
  runId: string;
  /** What the run may spend on models; without one, whatever it takes. */
  budget?: CallBudget;
  /** The run was interrupted before: what is there may be its own work, so it is kept instead of refused. */
  resumed?: boolean;
  /** Stops the work, down to the calls of models. */
  signal: AbortSignal;
  now(): Date;
  log: Log;
  onProgress: OnProgress;
}

/** What a workflow has to be given; the rest has defaults, see {@link withDefaults}. */
export type GivenDependencies = Pick<WorkflowDependencies, 'repositories' | 'models'> & Partial<WorkflowDependencies>;

const PLAYER_TEMPLATE = fileURLToPath(new URL('../bundle/templates/player.html', import.meta.url));

/**
 * Completes what a workflow was given. Unless told otherwise, replies of models are remembered for as long as the process
 * lives, files and bundles go below `output/` in the working directory, nobody hears of progress, and nothing is logged.
 */
export function withDefaults(given: GivenDependencies): WorkflowDependencies {
  const output = path.resolve('output');
  return {
    ...given,
    journal: given.journal ?? createMemoryJournal(),
    assets: given.assets ?? createFileAssetStore(path.join(output, 'assets')),
    settings: given.settings ?? {
      script: DEFAULT_SCRIPT_LIMITS,
      maxReferenceImages: DEFAULT_MAX_REFERENCE_IMAGES,
      outputRoot: path.join(output, 'stories'),
      playerTemplate: PLAYER_TEMPLATE,
    },
    slots: given.slots ?? new ModelSlots(slotCounts()),
    runId: given.runId ?? randomUUID(),
    signal: given.signal ?? new AbortController().signal,
    now: given.now ?? (() => new Date()),
    log: given.log ?? (() => undefined),
    onProgress: given.onProgress ?? (() => undefined),
  };
}
