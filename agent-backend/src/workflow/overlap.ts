import { type StoryState, StoryTreeError } from '@story-tree/domain';
import type { Unit } from '../planning/task.ts';
import type { TaskResult, WorkflowDependencies } from './engine.ts';
import { requirePrerequisites } from './prerequisites.ts';
import { runUnits, type Schedulable } from './scheduler.ts';
import { type OverlappingTask, Stage } from './stage.ts';
import { loadStoryState } from './state.ts';
import { StoryParts } from './storyParts.ts';
import { abortReason, executeUnit, taskFailure } from './taskRun.ts';

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
  readonly #stages: Stage[] = [];
  readonly #deps: WorkflowDependencies;

  constructor(tasks: readonly OverlappingTask[], storyId: string, deps: WorkflowDependencies) {
    this.#deps = deps;
    for (const task of tasks) this.#stages.push(new Stage(task, [...this.#stages], storyId, deps));
  }

  /** The first job of every task that nothing keeps any more. */
  begin(): Job[] {
    const ready = this.#stages.filter((stage) => stage.canBegin);
    return ready.map((stage) => (stage.runner ? this.#whole(stage, stage.runner) : this.#planning(stage)));
  }

  results(): TaskResult[] {
    return this.#stages.map(({ task, result }) => {
      if (result === undefined) throw new StoryTreeError('internal', `${task} never got what it waits for.`);
      return result;
    });
  }

  /** What has to be done for a task: failures get the task's name, its end opens what waited for it. */
  #job(stage: Stage, job: Omit<Job, 'work'>, work: Job['work']): Job {
    stage.pending += 1;
    return {
      ...job,
      work: async (signal) => {
        try {
          const opened = await work(signal);
          stage.pending -= 1;
          return [...opened, ...this.#afterwards(stage), ...this.begin()];
        } catch (thrown) {
          throw taskFailure(thrown, stage.run);
        }
      },
    };
  }

  /** Ends the task if that was all of it, and with it those which only waited to hear that no more will come. */
  #afterwards(stage: Stage): Job[] {
    if (stage.result !== undefined || !stage.isComplete) return [];
    stage.end();
    return this.#stages.filter(({ source }) => source === stage).flatMap((follower) => this.#afterwards(follower));
  }

  /** The work of a runner from outside, which takes slots by itself. */
  #whole(stage: Stage, runner: () => Promise<TaskResult>): Job {
    return this.#job(stage, { key: stage.task, model: null }, async () => {
      stage.result = await runner();
      stage.isPlanned = true;
      return [];
    });
  }

  #planning(stage: Stage): Job {
    return this.#plan(stage, async () => {
      const { definition, storyId, options } = stage.run;
      const { repositories } = this.#deps;
      // Before the story is read: what is stored meanwhile must be in one of the two.
      const labels = stage.source && stage.listen(stage.source);
      const state = await loadStoryState(repositories, storyId);
      if (labels === undefined) requirePrerequisites(definition, state, options);
      else stage.parts = new StoryParts(state);
      const jobs = labels ? await this.#scenelets(stage, labels) : await this.#units(stage, state, []);
      stage.isPlanned = true;
      return jobs;
    });
  }

  /** Plans of one task are made one after the other, so that its units keep their order. */
  #plan(stage: Stage, work: Job['work']): Job {
    const key = (plan: number) => `${stage.task} plan ${plan}`;
    stage.plans += 1;
    return this.#job(stage, { key: key(stage.plans), model: null, dependsOn: [key(stage.plans - 1)] }, work);
  }

  async #scenelets(stage: Stage, labels: readonly string[]): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const label of labels) {
      const state = await stage.parts?.of(label, this.#deps.repositories);
      if (state) jobs.push(...(await this.#units(stage, state, [jobKey(stage.source?.task ?? '', label)])));
      stage.opened += 1;
    }
    return jobs;
  }

  async #units(stage: Stage, state: StoryState, openedBy: readonly string[]): Promise<Job[]> {
    const { definition, options, mode } = stage.run;
    const { settings, assets } = this.#deps;
    const units = await definition.plan({ state, options, mode, settings, assets });
    return stage.add(units).map((unit) => this.#unit(stage, unit, openedBy));
  }

  #unit(stage: Stage, unit: Unit, openedBy: readonly string[]): Job {
    const { task, run, gates, progress } = stage;
    const key = jobKey(task, unit.key);
    const dependsOn = [
      ...gates.map((gate) => gate.task),
      ...openedBy,
      ...(unit.dependsOn ?? []).map((other) => jobKey(task, other)),
      ...(unit.after ?? []).map((other) => jobKey(other.task, other.unit)),
    ];
    this.#deps.log('debug', 'unit planned', { task, unit: unit.key, after: dependsOn });
    return this.#job(stage, { key, model: unit.model, dependsOn }, async (signal) => {
      const opened = await executeUnit(run, unit, signal, progress);
      stage.finish(unit, opened);
      return [...opened.map((next) => this.#unit(stage, next, [key])), ...this.#followers(stage, unit.key)];
    });
  }

  /** Plans of the tasks that go on from what this unit has stored. */
  #followers(source: Stage, label: string): Job[] {
    const listening = this.#stages.filter((stage) => stage.source === source && stage.scenelets !== undefined);
    return listening.flatMap((stage) => {
      const labels = stage.scenelets?.take(label) ?? [];
      return labels.length === 0 ? [] : [this.#plan(stage, () => this.#scenelets(stage, labels))];
    });
  }
}

function jobKey(task: string, unit: string): string {
  return `${task}/${unit}`;
}
