import { StoryTreeError } from '@story-tree/domain';
import { runMode } from '../planning/options.ts';
import type { AnyTask, RunMode, Unit } from '../planning/task.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import { dependants, requireNoDependants, requirePrerequisites } from './prerequisites.ts';
import { TaskProgress } from './progress.ts';
import { runUnits } from './scheduler.ts';
import { loadStoryState } from './state.ts';
import { executeUnit, logSkipped, type TaskRun, taskFailure } from './taskRun.ts';

export interface TaskResult {
  task: string;
  /** `skipped`: everything existed already. */
  status: 'completed' | 'skipped';
  /** Units made in this run. */
  made: number;
  total: number;
}

/** The request for a run of a task. */
export interface TaskOrder {
  definition: AnyTask;
  storyId: string;
  deps: WorkflowDependencies;
  options: object;
  /** Makes what is missing instead of the plan's units. */
  runner?: (() => Promise<TaskResult>) | undefined;
}

/**
 * Runs one workflow task: checks its prerequisites, asks it for its plan, and has the scheduler, or the given runner, make
 * what is missing.
 *
 * @param all the whole table, to find what an override would invalidate
 * @throws StoryTreeError with the task's name in front of its sentence
 */
export async function runWorkflowTask(order: TaskOrder, all: readonly AnyTask[]): Promise<TaskResult> {
  const { definition, storyId, deps, options } = order;
  const task: TaskRun = { definition, storyId, deps, options, mode: modeOf(options, deps) };
  try {
    const units = await plan(task, all);
    const missing = task.mode === 'override' ? units : units.filter((unit) => !unit.done);
    if (task.mode === 'default') refuseExisting(definition, units);
    if (missing.length > 0 && order.runner !== undefined) return await runGivenRunner(order.runner);
    return await makeMissing(task, units, missing);
  } catch (thrown) {
    throw taskFailure(thrown, task);
  }
}

/** A resumed override stays one: through the journal it reuses what its own run made. */
function modeOf(options: object, { resumed = false }: WorkflowDependencies): RunMode {
  const mode = runMode(options);
  return resumed && mode === 'default' ? 'resume' : mode;
}

/** The task's units, after what an override invalidates has been removed. */
async function plan({ definition, storyId, deps, options, mode }: TaskRun, all: readonly AnyTask[]) {
  let state = await loadStoryState(deps.repositories, storyId);
  requirePrerequisites(definition, state, options);

  if (mode === 'override' && definition.definesIds && definition.hasOutput(state)) {
    if (!options.cascade) requireNoDependants(definition, state, all);
    const outdated = [...(definition.clearsBeforeOverride ? [definition] : []), ...dependants(definition, state, all)];
    // Latest results first: whatever remains after a kill still has everything it refers to.
    for (const each of outdated.toReversed()) await each.clear?.(state, deps);
    state = await loadStoryState(deps.repositories, storyId);
  }
  const { settings, assets } = deps;
  return await definition.plan({ state, options, mode, settings, assets });
}

/** The default mode never touches existing results, and says so before any call. */
function refuseExisting(definition: AnyTask, units: readonly Unit[]): void {
  const done = units.filter((unit) => unit.done);
  const complete = definition.kind === 'document' && done.length === units.length;
  if (!complete && (definition.kind !== 'media' || done.length === 0)) return;
  const found = complete ? `This story already has ${definition.makes}` : `These already exist: ${summary(done)}`;
  const way = complete
    ? 'Use "override" to regenerate it, or "resume" to keep it.'
    : 'Use "resume" to make only what is missing, or "override" to regenerate all of it.';
  throw new StoryTreeError('already_completed', `${definition.task}: ${found}. ${way}`);
}

function summary(units: readonly Unit[]): string {
  const named = units.slice(0, 3).map((unit) => unit.title);
  return units.length > 3 ? `${named.join(', ')} and ${units.length - 3} more` : named.join(', ');
}

async function makeMissing(task: TaskRun, units: readonly Unit[], missing: readonly Unit[]): Promise<TaskResult> {
  const { definition, deps } = task;
  const progress = new TaskProgress(definition, deps.onProgress);
  progress.add(units, missing.length);

  if (missing.length === 0) {
    progress.tell('task-skipped', null, `${definition.title}: nothing is missing.`);
    return { task: definition.task, status: 'skipped', made: 0, total: units.length };
  }
  progress.tell('task-started', null, `${definition.title}: ${missing.length} of ${units.length} to make.`);
  for (const unit of task.mode === 'override' ? [] : units) {
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

/** A given runner may throw anything: its own message is kept. */
async function runGivenRunner(runner: () => Promise<TaskResult>): Promise<TaskResult> {
  try {
    return await runner();
  } catch (thrown) {
    if (thrown instanceof StoryTreeError) throw thrown;
    throw new StoryTreeError('internal', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}
