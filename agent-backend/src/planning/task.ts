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
  /** Reports something that is not as it should be, though the work goes on. */
  warn(message: string): void;
}

/** A piece of work with one model call, or none. */
export interface Unit {
  /** Unique within its task and the same in every run; identifies the call in the journal. */
  key: string;
  /** For people: what is made. */
  title: string;
  /** The kind of model whose slot it takes; null for work without a model. */
  model: ModelKind | null;
  /** Whether its result is already stored. */
  done: boolean;
  /** Whether a result is stored that would come out otherwise now. */
  outdated?: boolean;
  /** Keys of units of the same task that must be done first. */
  dependsOn?: readonly string[];
  /** Units of the tasks followed by its own that must be done first; only awaited when tasks overlap. */
  after?: readonly UnitOfTask[];
  /** Makes and stores the result. Returns the further units that it opens up, if any. */
  run(context: UnitContext): Promise<readonly Unit[] | undefined>;
}

/** A unit of some task, by its key. */
export interface UnitOfTask {
  task: string;
  unit: string;
}

/** How a task treats existing results: as an error, as something to keep, or as something to regenerate. */
export type RunMode = 'default' | 'resume' | 'override';

export interface PlanInput<Options> {
  state: StoryState;
  options: Options;
  mode: RunMode;
  settings: WorkflowSettings;
  assets: AssetStore;
}

/** A workflow task: what the table, the planner, the menus and the command line need to know of it. */
export interface WorkflowTaskDefinition<Task extends string = string, Name extends string = string, Options = object> {
  task: Task;
  /** The folder's name in camel case, from which `<name>TaskOptions` and `run<Name>Task` derive. */
  name: Name;
  /** For people, as in "Visual design". */
  title: string;
  /** Its result, for people, as in "a visual design document". */
  makes: string;
  /** By default, a document task refuses to run when complete; a media task when any of its targets exists. */
  kind: 'document' | 'media' | 'bundle';
  needs: readonly AnyTask[];
  /** Tasks whose results it uses if they exist; it also runs without them. */
  uses?: readonly AnyTask[];
  /**
   * The needed or used tasks whose end it does not await when tasks overlap: it is planned as soon as they are. If a followed
   * task that it needs has one unit per scenelet, it is planned scenelet by scenelet as these finish; for single units of
   * other followed tasks its own units wait (`after`).
   */
  follows?: readonly AnyTask[];
  /** Units start strictly in the story's order while this kind of model has only one slot. */
  orderedBy?: ModelKind;
  /** Further needs that depend on what is stored. */
  alsoNeeds?(state: StoryState, options: Options): readonly AnyTask[];
  /** Later results refer to its results by id, so regenerating it invalidates them. */
  definesIds: boolean;
  options: z.ZodType<Options>;
  /** Whether any result of it is stored. */
  hasOutput(state: StoryState): boolean;
  /** Removes all its results, files included. */
  clear?(state: StoryState, context: Pick<UnitContext, 'repositories' | 'assets'>): Promise<void>;
  /** Whether an override removes the old results first, because both cannot be stored side by side. */
  clearsBeforeOverride?: boolean;
  /**
   * Lists the task's units, marking those already done. Calls no model and changes nothing.
   * @throws StoryTreeError if a target does not exist or the stored state is unusable
   */
  plan(input: PlanInput<Options>): readonly Unit[] | Promise<readonly Unit[]>;
}

/** Any row of the table. */
export type AnyTask = WorkflowTaskDefinition<string, string, object>;

/** Checks a definition and keeps its literal names. */
export function defineTask<Task extends string, Name extends string, Options>(
  definition: WorkflowTaskDefinition<Task, Name, Options>,
): WorkflowTaskDefinition<Task, Name, Options> {
  return definition;
}
