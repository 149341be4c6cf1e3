import type { AnyTask, Unit } from '../planning/task.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import type { TaskResult } from './engine.ts';
import { TaskProgress } from './progress.ts';
import { ReadyScenelets, type StoryParts } from './storyParts.ts';
import { logSkipped, type TaskRun } from './taskRun.ts';

/** One task of a run in which tasks overlap. */
export interface OverlappingTask {
  definition: AnyTask;
  /** Its options, including `resume`. */
  options: object;
  /** The runner that the workflow was given for it, if any: it runs the task as a whole. */
  runner?: (() => Promise<TaskResult>) | undefined;
}

/** The state of one task while tasks overlap. */
export class TaskTrack {
  readonly task: string;
  readonly run: TaskRun;
  readonly runner: OverlappingTask['runner'];
  readonly progress: TaskProgress;
  /** Tasks that must have ended before this one is planned. */
  readonly gates: readonly TaskTrack[];
  /** Tasks that must be planned before this one. */
  readonly followed: readonly TaskTrack[];
  /** The followed task whose units let this one proceed, scenelet by scenelet. */
  readonly source: TaskTrack | undefined;

  /** The number of its jobs that have not ended. */
  pending = 0;
  /** How often it has been planned. */
  plans = 0;
  isPlanned = false;
  result: TaskResult | undefined;
  /** With a source: which of the source's scenelets are ready to be planned from. Set when planning begins. */
  scenelets: ReadyScenelets | undefined;
  /** With a source: the story as it was when planning began. */
  parts: StoryParts | undefined;
  /** The number of the source's units that it has been planned for. */
  plannedUnits = 0;
  /** The keys of all known units in the plan's order, and of those whose results are stored. */
  readonly #order: string[] = [];
  readonly #finished = new Set<string>();
  #hasReportedStart = false;

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
    this.progress = new TaskProgress(definition, deps.onProgress, () => this.#knownShare());
  }

  /** Whether it can be planned now. */
  get canBegin(): boolean {
    if (this.plans > 0 || this.pending > 0 || this.result !== undefined) return false;
    return this.gates.every(({ result }) => result) && this.followed.every(({ isPlanned }) => isPlanned);
  }

  /** Whether all its units are known and done. */
  get isComplete(): boolean {
    return this.isPlanned && this.pending === 0 && (this.source === undefined || this.source.result !== undefined);
  }

  /** Begins to receive scenelets from its source as they become ready. Returns those that are ready now. */
  listen(source: TaskTrack): string[] {
    const { definition, deps } = this.run;
    const { orderedBy } = definition;
    const strictly = orderedBy !== undefined && deps.slots.max(orderedBy) === 1;
    this.scenelets = new ReadyScenelets(source.#finished, strictly ? source.#order : null);
    return this.scenelets.take();
  }

  /** Adds planned units; returns those that are missing. */
  add(units: readonly Unit[]): Unit[] {
    const missing = units.filter((unit) => !unit.done);
    this.progress.add(units, missing.length);
    if (missing.length > 0 && !this.#hasReportedStart) this.#reportStart(missing.length);
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

  #reportStart(missing: number): void {
    this.#hasReportedStart = true;
    const more = this.#knownShare() < 1 ? ' so far' : '';
    const count = `${missing} of ${this.progress.total} to make${more}`;
    this.progress.tell('task-started', null, `${this.run.definition.title}: ${count}.`);
  }

  /** Scenelets not planned for yet are expected to bring about as many units each as the others did. */
  #knownShare(): number {
    const all = this.source?.progress.total ?? 0;
    return all === 0 ? 1 : this.plannedUnits / all;
  }
}

/** A task with a given runner, or with targets that may not exist yet, waits for complete results. */
function canFollow({ runner, options }: OverlappingTask): boolean {
  return runner === undefined && Object.keys(options).every((option) => option === 'resume');
}
