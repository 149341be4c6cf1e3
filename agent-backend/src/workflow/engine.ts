import {
  type AssetStore,
  type ModelCallJournal,
  type StoryRepositories,
  StoryTreeError,
  toStoryTreeError,
} from '@story-tree/domain';
import { createModelCaller } from '../models/caller.ts';
import type { Models } from '../models/ports.ts';
import { runMode } from './options.ts';
import { dependants, requireNoDependants, requirePrerequisites } from './prerequisites.ts';
import type { Log, OnProgress, ProgressKind } from './progress.ts';
import { runUnits } from './scheduler.ts';
import type { WorkflowSettings } from './settings.ts';
import type { ModelSlots } from './slots.ts';
import { loadStoryState } from './state.ts';
import type { AnyTask, RunMode, Unit, UnitContext } from './task.ts';

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

interface TaskRun {
  definition: AnyTask;
  storyId: string;
  deps: WorkflowDependencies;
  options: { cascade?: boolean };
  mode: RunMode;
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
    if (deps.signal.aborted) throw abortReason(deps.signal);
    deps.log('error', `${definition.task} failed`, { storyId, error: thrown });
    const error = toStoryTreeError(thrown);
    throw error.message.includes(definition.task) ? error : error.within(definition.task);
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
  const progress = new TaskProgress(task, units.length, units.length - missing.length);

  if (missing.length === 0) {
    progress.tell('task-skipped', null, `${definition.title}: nothing is missing.`);
    return { task: definition.task, status: 'skipped', made: 0, total: units.length };
  }
  progress.tell('task-started', null, `${definition.title}: ${missing.length} of ${units.length} to make.`);
  for (const unit of mode === 'override' ? [] : units) {
    if (unit.done) deps.log('info', `skipped, it is there already: ${unit.title}`, { unit: unit.key });
  }
  await runUnits(missing, {
    slots: deps.slots,
    signal: deps.signal,
    execute: (unit, signal) => executeUnit(task, unit, signal, progress),
  });
  progress.tell('task-done', null, `${definition.title}: done.`);
  return { task: definition.task, status: 'completed', made: progress.made, total: progress.total };
}

async function executeUnit(task: TaskRun, unit: Unit, signal: AbortSignal, progress: TaskProgress) {
  const { deps, definition, storyId, mode } = task;
  signal.throwIfAborted();
  const tell = (kind: ProgressKind, message: string) => progress.tell(kind, unit, message);
  const models = createModelCaller({
    ...deps,
    identity: { runId: deps.runId, storyId, workflowTask: definition.task, unitKey: unit.key },
    replay: mode === 'override' ? 'run' : 'story',
    signal,
    tell,
  });
  const context: UnitContext = {
    repositories: deps.repositories,
    assets: deps.assets,
    settings: deps.settings,
    models,
    signal,
    now: deps.now,
    log: deps.log,
    warn(message) {
      deps.log('warn', message, { task: definition.task, unit: unit.key });
      tell('warning', message);
    },
  };
  const opened = (await unit.run(context)) ?? [];
  progress.done(unit, opened.length);
  return opened;
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

/** Why a run was stopped, as the error that tells of it. */
export function abortReason(signal: AbortSignal): StoryTreeError {
  if (signal.reason instanceof StoryTreeError) return signal.reason;
  return new StoryTreeError('cancelled', 'Stopped. What was finished is kept; run it again to go on.');
}

class TaskProgress {
  readonly #run: TaskRun;
  #completed: number;
  total: number;
  made = 0;

  constructor(run: TaskRun, total: number, completed: number) {
    this.#run = run;
    this.total = total;
    this.#completed = completed;
  }

  tell(kind: ProgressKind, unit: Unit | null, message: string): void {
    const { definition, deps } = this.#run;
    const { total } = this;
    deps.onProgress({
      kind,
      task: definition.task,
      unit: unit?.key ?? null,
      message,
      completed: this.#completed,
      total,
    });
  }

  done(unit: Unit, opened: number): void {
    this.made += 1;
    this.#completed += 1;
    this.total += opened;
    this.tell('unit-done', unit, `${unit.title}: stored.`);
  }
}
