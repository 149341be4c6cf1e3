import type { AnyTask, Unit } from '../planning/task.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import type { TaskResult } from './engine.ts';
import { TaskProgress } from './progress.ts';
import { ReadyScenelets, type StoryParts } from './storyParts.ts';
import { logSkipped, type TaskRun } from './taskRun.ts';

/** One task of a run in which tasks overlap. */
export interface OverlappingTask {
  definition: AnyTask;
  /** Its options, resuming included. */
  options: object;
  /** Runs it as a whole, where the workflow was given a runner for it. */
  runner?: (() => Promise<TaskResult>) | undefined;
}

/** How far one task is while tasks overlap. */
export class TaskTrack {
  readonly task: string;
  readonly run: TaskRun;
  readonly runner: OverlappingTask['runner'];
  readonly progress: TaskProgress;
  /** Those that must have ended before this one is planned. */
  readonly gates: readonly TaskTrack[];
  /** Those that must be planned before. */
  readonly followed: readonly TaskTrack[];
  /** The one of them whose units open this one, scenelet by scenelet. */
  readonly source: TaskTrack | undefined;

  /** Jobs of it that have not ended. */
  pending = 0;
  /** How often it has been planned. */
  plans = 0;
  isPlanned = false;
  result: TaskResult | undefined;
  /** Where it has a source: what of that is ready to be planned from. Set when the planning begins. */
  scenelets: ReadyScenelets | undefined;
  /** And the story as it was then. */
  parts: StoryParts | undefined;
  /** How many units of the source it has been planned for. */
  opened = 0;
  /** The keys of all units that are known, in the order of the plan; and of those whose results are stored. */
  readonly #order: string[] = [];
  readonly #finished = new Set<string>();
  #isTold = false;

  constructor(given: OverlappingTask, earlier: readonly TaskTrack[], storyId: string, deps: WorkflowDependencies) {
    const { definition, options, runner } = given;
    const tracksOf = (tasks: readonly AnyTask[] = []) => earlier.filter(({ run }) => tasks.includes(run.definition));
    this.task = definition.task;
    this.run = { definition, storyId, deps, options, mode: 'resume' };
    this.runner = runner;
    this.followed = canFollow(given) ? tracksOf(definition.follows).filter((track) => !track.runner) : [];
    const awaited = tracksOf([...definition.needs, ...(definition.uses ?? [])]);
    this.gates = awaited.filter((track) => !this.followed.includes(track));
    this.source = this.followed.find((track) => definition.needs.includes(track.run.definition));
    this.progress = new TaskProgress(definition, deps.onProgress, () => this.#known());
  }

  /** Nothing keeps it from being planned. */
  get canBegin(): boolean {
    if (this.plans > 0 || this.pending > 0 || this.result !== undefined) return false;
    return this.gates.every(({ result }) => result) && this.followed.every(({ isPlanned }) => isPlanned);
  }

  /** All of its units are known, and none is missing. */
  get isComplete(): boolean {
    return this.isPlanned && this.pending === 0 && (this.source === undefined || this.source.result !== undefined);
  }

  /** From now on, scenelets that its source gets ready are for it. Returns those that are ready. */
  listen(source: TaskTrack): string[] {
    const { definition, deps } = this.run;
    const { orderedBy } = definition;
    const strictly = orderedBy !== undefined && deps.slots.max(orderedBy) === 1;
    this.scenelets = new ReadyScenelets(source.#finished, strictly ? source.#order : null);
    return this.scenelets.take();
  }

  /** Takes in what was planned; returns the units that are missing. */
  add(units: readonly Unit[]): Unit[] {
    const missing = units.filter((unit) => !unit.done);
    this.progress.add(units, missing.length);
    if (missing.length > 0 && !this.#isTold) this.#tellStart(missing.length);
    for (const unit of units) {
      this.#order.push(unit.key);
      if (!unit.done) continue;
      this.#finished.add(unit.key);
      logSkipped(this.run, unit);
    }
    return missing;
  }

  finish(unit: Unit, opened: readonly Unit[]): void {
    this.#finished.add(unit.key);
    this.#order.push(...opened.map(({ key }) => key));
  }

  end(): void {
    const { progress, run, task } = this;
    const { made, total } = progress;
    const { title } = run.definition;
    if (made === 0) progress.tell('task-skipped', null, `${title}: nothing is missing.`);
    else progress.tell('task-done', null, `${title}: done.`);
    this.result = { task, status: made === 0 ? 'skipped' : 'completed', made, total };
  }

  #tellStart(missing: number): void {
    this.#isTold = true;
    const more = this.#known() < 1 ? ' so far' : '';
    const count = `${missing} of ${this.progress.total} to make${more}`;
    this.progress.tell('task-started', null, `${this.run.definition.title}: ${count}.`);
  }

  /** Scenelets that it has not been planned for yet will bring about as many units as the others did. */
  #known(): number {
    const all = this.source?.progress.total ?? 0;
    return all === 0 ? 1 : this.opened / all;
  }
}

/** One that a runner makes, or that is narrowed to targets which may not be there yet, waits for whole results. */
function canFollow({ runner, options }: OverlappingTask): boolean {
  return runner === undefined && Object.keys(options).every((option) => option === 'resume');
}
