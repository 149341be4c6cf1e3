import {
  type AssetStore,
  type Log,
  type ModelCallJournal,
  type StoryRepositories,
  StoryTreeError,
} from '@story-tree/domain';
import type { CallBudget } from '../models/budget.ts';
import type { Models } from '../models/ports.ts';
import type { ModelSlots } from '../models/slots.ts';
import { runMode } from '../planning/options.ts';
import type { WorkflowSettings } from '../planning/settings.ts';
import type { AnyTask, RunMode, Unit } from '../planning/task.ts';
import { dependants, requireNoDependants, requirePrerequisites } from './prerequisites.ts';
import type { OnProgress } from './progress.ts';
import { runUnits } from './scheduler.ts';
import { loadStoryState } from './state.ts';
import { TaskProgress } from './taskProgress.ts';
import { executeUnit, logSkipped, type TaskRun, taskFailure } from './taskRun.ts';

/** Everything the engine and the tasks stand on; tests give fakes, the composition roots the real ones. */
export interface WorkflowDependencies {
  repositories: StoryRepositories;
  journal: ModelCallJournal;
  models: Models;
  assets: AssetStore;
  settings: WorkflowSettings;
  slots: ModelSlots;
  /** Names one run in the journal: the story task's id, or one that the command line draws. */
  runId: string;
  /** What the run may spend on models; without one, whatever it takes. */
  budget?: CallBudget;
  /** The run was begun before and broke off: what is there may be its own work, so it is kept instead of refused. */
  resumed?: boolean;
  signal: AbortSignal;
  now(): Date;
  log: Log;
  onProgress: OnProgress;
}

export interface TaskResult {
  task: string;
  /** `skipped`: everything was there already. */
  status: 'completed' | 'skipped';
  /** Units made in this run. */
  made: number;
  total: number;
}

/**
 * Runs one workflow task: checks what it needs, asks it for its plan, and lets the scheduler run what is missing.
 *
 * @param all the whole table, for what an override would invalidate
 * @throws StoryTreeError with the task's name in front of its sentence
 */
export async function runWorkflowTask(
  definition: AnyTask,
  storyId: string,
  deps: WorkflowDependencies,
  options: object,
  all: readonly AnyTask[],
): Promise<TaskResult> {
  try {
    return await run({ definition, storyId, deps, options, mode: modeOf(options, deps) }, all);
  } catch (thrown) {
    throw taskFailure(thrown, { definition, storyId, deps });
  }
}

/** An override goes on as one: it reuses what its own run made, by the journal. */
function modeOf(options: object, { resumed = false }: WorkflowDependencies): RunMode {
  const mode = runMode(options);
  return resumed && mode === 'default' ? 'resume' : mode;
}

async function run(task: TaskRun, all: readonly AnyTask[]): Promise<TaskResult> {
  const { definition, storyId, deps, options, mode } = task;
  let state = await loadStoryState(deps.repositories, storyId);
  requirePrerequisites(definition, state, options);

  if (mode === 'override' && definition.definesIds && definition.hasOutput(state)) {
    if (!options.cascade) requireNoDependants(definition, state, all);
    const outdated = [...(definition.clearsBeforeOverride ? [definition] : []), ...dependants(definition, state, all)];
    // Last things first: what remains after a kill still has all that it refers to.
    for (const each of outdated.toReversed()) await each.clear?.(state, deps);
    state = await loadStoryState(deps.repositories, storyId);
  }

  const { settings, assets } = deps;
  const units = await definition.plan({ state, options, mode, settings, assets });
  const missing = mode === 'override' ? units : units.filter((unit) => !unit.done);
  if (mode === 'default') refuseWhatIsThere(definition, units);
  const progress = new TaskProgress(definition, deps.onProgress);
  progress.add(units, missing.length);

  if (missing.length === 0) {
    progress.tell('task-skipped', null, `${definition.title}: nothing is missing.`);
    return { task: definition.task, status: 'skipped', made: 0, total: units.length };
  }
  progress.tell('task-started', null, `${definition.title}: ${missing.length} of ${units.length} to make.`);
  for (const unit of mode === 'override' ? [] : units) {
    if (unit.done) logSkipped(task, unit);
  }
  await runUnits(missing, {
    slots: deps.slots,
    signal: deps.signal,
    execute: (unit, signal) => executeUnit(task, unit, signal, progress),
  });
  progress.tell('task-done', null, `${definition.title}: done.`);
  return { task: definition.task, status: 'completed', made: progress.made, total: progress.total };
}

/** Default mode never touches what is there, and says so before any call. */
function refuseWhatIsThere(definition: AnyTask, units: readonly Unit[]): void {
  const done = units.filter((unit) => unit.done);
  const complete = definition.kind === 'document' && done.length === units.length;
  if (!complete && (definition.kind !== 'media' || done.length === 0)) return;
  const found = complete ? `This story already has ${definition.makes}` : `Already there: ${summary(done)}`;
  const way = complete
    ? 'Use --override to make it anew, or --resume to keep it.'
    : 'Use --resume to make only what is missing, or --override to make all anew.';
  throw new StoryTreeError('already_completed', `${definition.task}: ${found}. ${way}`);
}

function summary(units: readonly Unit[]): string {
  const named = units.slice(0, 3).map((unit) => unit.title);
  return units.length > 3 ? `${named.join(', ')} and ${units.length - 3} more` : named.join(', ');
}
