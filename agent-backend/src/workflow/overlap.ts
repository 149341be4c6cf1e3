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

/** What the scheduler runs: units of all tasks, and the planning of tasks, which opens them. */
interface Job extends Schedulable {
  work(signal: AbortSignal): Promise<readonly Job[]>;
}

/**
 * Runs tasks side by side as far as what they work from allows: each task is planned once all that it reads as a whole is
 * final, and a task that follows another goes on scenelet by scenelet. What is stored in the end, and what was asked for
 * it, is the same as in sequence. After a failure nothing new starts, in any task.
 *
 * @param tasks in the order of the table, in which their results are reported
 * @throws StoryTreeError what went wrong first, with its task's name in front
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

  /** The first job of every task that nothing keeps any more. */
  begin(): Job[] {
    const ready = this.#tracks.filter((track) => track.canBegin);
    return ready.map((track) => (track.runner ? this.#whole(track, track.runner) : this.#planning(track)));
  }

  results(): TaskResult[] {
    return this.#tracks.map(({ task, result }) => {
      if (result === undefined) throw new StoryTreeError('internal', `${task} never got what it waits for.`);
      return result;
    });
  }

  /** What has to be done for a task: failures get the task's name, its end opens what waited for it. */
  #job(track: TaskTrack, job: Omit<Job, 'work'>, work: Job['work']): Job {
    track.pending += 1;
    return {
      ...job,
      work: async (signal) => {
        try {
          const opened = await work(signal);
          track.pending -= 1;
          return [...opened, ...this.#afterwards(track), ...this.begin()];
        } catch (thrown) {
          throw taskFailure(thrown, track.run);
        }
      },
    };
  }

  /** Ends the task if that was all of it, and with it those which only waited to hear that no more will come. */
  #afterwards(track: TaskTrack): Job[] {
    if (track.result !== undefined || !track.isComplete) return [];
    track.end();
    return this.#tracks.filter(({ source }) => source === track).flatMap((follower) => this.#afterwards(follower));
  }

  /** The work of a runner from outside, which takes slots by itself. */
  #whole(track: TaskTrack, runner: () => Promise<TaskResult>): Job {
    return this.#job(track, { key: track.task, model: null }, async () => {
      track.result = await runner();
      track.isPlanned = true;
      return [];
    });
  }

  #planning(track: TaskTrack): Job {
    return this.#plan(track, async () => {
      const { definition, storyId, options } = track.run;
      const { repositories } = this.#deps;
      // Before the story is read: what is stored meanwhile must be in one of the two.
      const labels = track.source && track.listen(track.source);
      const state = await loadStoryState(repositories, storyId);
      if (labels === undefined) requirePrerequisites(definition, state, options);
      else track.parts = new StoryParts(state);
      const jobs = labels ? await this.#scenelets(track, labels) : await this.#units(track, state, []);
      track.isPlanned = true;
      return jobs;
    });
  }

  /** Plans of one task are made one after the other, so that its units keep their order. */
  #plan(track: TaskTrack, work: Job['work']): Job {
    const key = (plan: number) => `${track.task} plan ${plan}`;
    track.plans += 1;
    return this.#job(track, { key: key(track.plans), model: null, dependsOn: [key(track.plans - 1)] }, work);
  }

  async #scenelets(track: TaskTrack, labels: readonly string[]): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const label of labels) {
      const state = await track.parts?.of(label, this.#deps.repositories);
      if (state) jobs.push(...(await this.#units(track, state, [jobKey(track.source?.task ?? '', label)])));
      track.opened += 1;
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

  /** Plans of the tasks that go on from what this unit has stored. */
  #followers(source: TaskTrack, label: string): Job[] {
    const listening = this.#tracks.filter((track) => track.source === source && track.scenelets !== undefined);
    return listening.flatMap((track) => {
      const labels = track.scenelets?.take(label) ?? [];
      return labels.length === 0 ? [] : [this.#plan(track, () => this.#scenelets(track, labels))];
    });
  }
}

function jobKey(task: string, unit: string): string {
  return `${task}/${unit}`;
}
