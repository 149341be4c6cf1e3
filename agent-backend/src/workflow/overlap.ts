import { type StoryState, StoryTreeError } from '@story-tree/domain';
import type { Unit } from '../planning/task.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import type { TaskResult } from './engine.ts';
import { requirePrerequisites } from './prerequisites.ts';
import { runUnits, type Schedulable } from './scheduler.ts';
import { loadStoryState } from './state.ts';
import { StoryParts } from './storyParts.ts';
import { abortReason, executeUnit, taskFailure } from './taskRun.ts';
import { type OverlappingTask, TaskTrack } from './taskTrack.ts';

/** What the scheduler runs: the units of all tasks, and the planning that produces them. */
interface Job extends Schedulable {
  work(signal: AbortSignal): Promise<readonly Job[]>;
}

/**
 * Runs tasks in parallel as far as their inputs allow: each task is planned once everything that it reads as a whole is
 * final, and a task that follows another proceeds scenelet by scenelet. What is requested and stored is the same as in
 * sequence. After a failure nothing new starts, in any task.
 *
 * @param tasks in the table's order, which is also that of the results
 * @throws StoryTreeError the first failure, with the name of its task in front
 */
export async function runOverlapping(
  tasks: readonly OverlappingTask[],
  storyId: string,
  deps: WorkflowDependencies,
): Promise<TaskResult[]> {
  const run = new OverlappingRun(tasks, storyId, deps);
  try {
    await runUnits(run.begin(), {
      slots: deps.slots,
      signal: deps.signal,
      execute: (job, signal) => job.work(signal),
    });
  } catch (thrown) {
    throw deps.signal.aborted ? abortReason(deps.signal) : thrown;
  }
  return run.results();
}

class OverlappingRun {
  readonly #tracks: TaskTrack[] = [];
  readonly #deps: WorkflowDependencies;

  constructor(tasks: readonly OverlappingTask[], storyId: string, deps: WorkflowDependencies) {
    this.#deps = deps;
    for (const task of tasks) this.#tracks.push(new TaskTrack(task, [...this.#tracks], storyId, deps));
  }

  /** The first job of every task that is now free to start. */
  begin(): Job[] {
    const ready = this.#tracks.filter((track) => track.canBegin);
    return ready.map((track) => (track.runner ? this.#runnerJob(track, track.runner) : this.#firstPlan(track)));
  }

  results(): TaskResult[] {
    return this.#tracks.map(({ task, result }) => {
      if (result === undefined) throw new StoryTreeError('internal', `${task} never received what it was waiting for.`);
      return result;
    });
  }

  /** A job of a task: failures get the task's name, and its end frees what waited for it. */
  #job(track: TaskTrack, job: Omit<Job, 'work'>, work: Job['work']): Job {
    track.pending += 1;
    return {
      ...job,
      work: async (signal) => {
        try {
          const opened = await work(signal);
          track.pending -= 1;
          return [...opened, ...this.#endIfComplete(track), ...this.begin()];
        } catch (thrown) {
          throw taskFailure(thrown, track.run);
        }
      },
    };
  }

  /** Ends the task if that was its last job, and with it followers that only waited to learn that no more will come. */
  #endIfComplete(track: TaskTrack): Job[] {
    if (track.result !== undefined || !track.isComplete) return [];
    track.end();
    return this.#tracks.filter(({ source }) => source === track).flatMap((follower) => this.#endIfComplete(follower));
  }

  /** The work of a given runner, which takes slots by itself. */
  #runnerJob(track: TaskTrack, runner: () => Promise<TaskResult>): Job {
    return this.#job(track, { key: track.task, model: null }, async () => {
      track.result = await runner();
      track.isPlanned = true;
      return [];
    });
  }

  #firstPlan(track: TaskTrack): Job {
    return this.#plan(track, async () => {
      const { definition, storyId, options } = track.run;
      const { repositories } = this.#deps;
      // Before the story is read, so that nothing stored meanwhile is missed.
      const labels = track.source && track.listen(track.source);
      const state = await loadStoryState(repositories, storyId);
      if (labels === undefined) requirePrerequisites(definition, state, options);
      else track.parts = new StoryParts(state);
      const jobs = labels ? await this.#unitsOfScenelets(track, labels) : await this.#units(track, state, []);
      track.isPlanned = true;
      return jobs;
    });
  }

  /** The plans of one task are made one after another, so that its units keep their order. */
  #plan(track: TaskTrack, work: Job['work']): Job {
    const key = (plan: number) => `${track.task} plan ${plan}`;
    track.plans += 1;
    return this.#job(track, { key: key(track.plans), model: null, dependsOn: [key(track.plans - 1)] }, work);
  }

  async #unitsOfScenelets(track: TaskTrack, labels: readonly string[]): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const label of labels) {
      const state = await track.parts?.of(label, this.#deps.repositories);
      if (state) jobs.push(...(await this.#units(track, state, [jobKey(track.source?.task ?? '', label)])));
      track.plannedUnits += 1;
    }
    return jobs;
  }

  async #units(track: TaskTrack, state: StoryState, openedBy: readonly string[]): Promise<Job[]> {
    const { definition, options, mode } = track.run;
    const { settings, assets } = this.#deps;
    const units = await definition.plan({ state, options, mode, settings, assets });
    return track.add(units).map((unit) => this.#unit(track, unit, openedBy));
  }

  #unit(track: TaskTrack, unit: Unit, openedBy: readonly string[]): Job {
    const { task, run, gates, progress } = track;
    const key = jobKey(task, unit.key);
    const dependsOn = [
      ...gates.map((gate) => gate.task),
      ...openedBy,
      ...(unit.dependsOn ?? []).map((other) => jobKey(task, other)),
      ...(unit.after ?? []).map((other) => jobKey(other.task, other.unit)),
    ];
    this.#deps.log('debug', 'unit planned', { task, unit: unit.key, after: dependsOn });
    return this.#job(track, { key, model: unit.model, dependsOn }, async (signal) => {
      const opened = await executeUnit(run, unit, signal, progress);
      track.finish(unit, opened);
      return [...opened.map((next) => this.#unit(track, next, [key])), ...this.#followers(track, unit.key)];
    });
  }

  /** Plans of the tasks that follow what this unit has stored. */
  #followers(source: TaskTrack, label: string): Job[] {
    const listening = this.#tracks.filter((track) => track.source === source && track.scenelets !== undefined);
    return listening.flatMap((track) => {
      const labels = track.scenelets?.take(label) ?? [];
      return labels.length === 0 ? [] : [this.#plan(track, () => this.#unitsOfScenelets(track, labels))];
    });
  }
}

function jobKey(task: string, unit: string): string {
  return `${task}/${unit}`;
}
