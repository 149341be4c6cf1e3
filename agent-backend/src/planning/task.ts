import type { AssetStore, Log, StoryRepositories, StoryState } from '@story-tree/domain';
import type { z } from 'zod';
import type { ModelCaller } from '../models/caller.ts';
import type { ModelKind } from '../models/ports.ts';
import type { WorkflowSettings } from './settings.ts';

/** What a unit may use while it runs. */
export interface UnitContext {
  repositories: StoryRepositories;
  assets: AssetStore;
  models: ModelCaller;
  settings: WorkflowSettings;
  signal: AbortSignal;
  now(): Date;
  log: Log;
  /** Tells whoever watches that something is not as it should be, though the work goes on. */
  warn(message: string): void;
}

/** One call's worth of work. */
export interface Unit {
  /** Unique within its task and the same in every run; the journal knows the call by it. */
  key: string;
  /** For people: what is made. */
  title: string;
  /** Whose slot it takes; null for work without a model. */
  model: ModelKind | null;
  /** What it makes is stored already. */
  done: boolean;
  /** Keys of units of the same task that must be done first. */
  dependsOn?: readonly string[];
  /** Units of tasks that its own one follows which must be done first. Only overlapping tasks have to wait for them. */
  after?: readonly UnitOfTask[];
  /** Makes and stores it. Returns the units that the result opened, if any. */
  run(context: UnitContext): Promise<readonly Unit[] | undefined>;
}

/** A unit of some task, by its key. */
export interface UnitOfTask {
  task: string;
  unit: string;
}

/** How a task runs: what is there already is an error, is kept, or is made anew. */
export type RunMode = 'default' | 'resume' | 'override';

export interface PlanInput<Options> {
  state: StoryState;
  options: Options;
  mode: RunMode;
  settings: WorkflowSettings;
  assets: AssetStore;
}

/** The shape of a task before its options are known: what the table, prerequisites and menus need. */
export interface WorkflowTaskDefinition<Task extends string = string, Name extends string = string, Options = object> {
  task: Task;
  /** The folder's name in camel case; gives `<name>TaskOptions` and `run<Name>Task` their names. */
  name: Name;
  /** For people, as in "Visual design". */
  title: string;
  /** What it makes, for people, as in "a visual design document". */
  makes: string;
  /** A document refuses to run when complete; media when any of its targets is there. */
  kind: 'document' | 'media' | 'bundle';
  needs: readonly AnyTask[];
  /** Tasks whose results it works from where they are there; without them it runs all the same. */
  uses?: readonly AnyTask[];
  /**
   * Of those that it needs or uses, the tasks for whose end it does not wait when tasks overlap. It is planned as soon as
   * they are. A followed need whose units are named after scenelets opens it scenelet by scenelet; for single units of the
   * others, its units wait themselves.
   */
  follows?: readonly AnyTask[];
  /** Begun strictly in the story's order while this kind of model has but one slot. */
  orderedBy?: ModelKind;
  /** Needs that depend on what is stored. */
  alsoNeeds?(state: StoryState, options: Options): readonly AnyTask[];
  /** Later tasks refer to what it makes by id, so that making it anew invalidates theirs. */
  definesIds: boolean;
  options: z.ZodType<Options>;
  /** Anything of it is stored. */
  hasOutput(state: StoryState): boolean;
  /** Removes all of it, files included. */
  clear?(state: StoryState, context: Pick<UnitContext, 'repositories' | 'assets'>): Promise<void>;
  /** Override removes the old before it makes the new, since both cannot be stored side by side. */
  clearsBeforeOverride?: boolean;
  /**
   * Which units exist and which are missing. Asks no model and changes nothing.
   * @throws StoryTreeError when a target does not exist or the stored state cannot be worked from
   */
  plan(input: PlanInput<Options>): readonly Unit[] | Promise<readonly Unit[]>;
}

/** Any row of the table. Options are contravariant, so the general form cannot name them. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where tasks of different options meet
export type AnyTask = WorkflowTaskDefinition<string, string, any>;

/** Checks a definition and keeps its literal names. */
export function defineTask<Task extends string, Name extends string, Options>(
  definition: WorkflowTaskDefinition<Task, Name, Options>,
): WorkflowTaskDefinition<Task, Name, Options> {
  return definition;
}
