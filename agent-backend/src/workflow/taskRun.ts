import { StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import { createModelCaller } from '../models/caller.ts';
import type { AnyTask, RunMode, Unit, UnitContext } from '../planning/task.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import type { ProgressKind, TaskProgress } from './progress.ts';

/** One run of one workflow task. */
export interface TaskRun {
  definition: AnyTask;
  storyId: string;
  deps: WorkflowDependencies;
  options: { cascade?: boolean };
  mode: RunMode;
}

/** Makes and stores the result of a unit; returns the further units that it opens up. */
export async function executeUnit(
  task: TaskRun,
  unit: Unit,
  signal: AbortSignal,
  progress: TaskProgress,
): Promise<readonly Unit[]> {
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

/** Logs a unit that is already done. */
export function logSkipped({ deps }: Pick<TaskRun, 'deps'>, unit: Unit): void {
  deps.log('info', `skipped, already done: ${unit.title}`, { unit: unit.key });
}

/** The error that a failed run throws: the reason of an abort, else the failure with the task's name in front. */
export function taskFailure(
  thrown: unknown,
  { definition, storyId, deps }: Pick<TaskRun, 'definition' | 'storyId' | 'deps'>,
): StoryTreeError {
  if (deps.signal.aborted) return abortReason(deps.signal);
  const error = toStoryTreeError(thrown);
  // An unreachable database fails no work: results are kept, and the run continues from there.
  const level = error.code === 'database_unavailable' ? 'warn' : 'error';
  deps.log(level, `${definition.task} failed`, { storyId, error: thrown });
  return error.message.includes(definition.task) ? error : error.within(definition.task);
}

/** The error that says why a run was stopped. */
export function abortReason(signal: AbortSignal): StoryTreeError {
  if (signal.reason instanceof StoryTreeError) return signal.reason;
  return new StoryTreeError('cancelled', 'Stopped. What was finished is kept; run it again to continue.');
}
