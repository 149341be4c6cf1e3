import {
  type BudgetGround,
  type CallFigures,
  certainShape,
  createCallFigures,
  createFileAssetStore,
  estimateRun,
  expectedWork,
  type SlotCounts,
  type StoryShape,
  type StoryWorkflowTask,
  shapeOf,
  taskDefinition,
  type WantedTask,
  WORKFLOW_TASK_NAMES,
} from '@story-tree/agent-backend';
import { type CallHistory, type Estimate, type StoryMode, type StoryState, StoryTreeError } from '@story-tree/domain';
import { stubMeasures } from '@story-tree/stub-models';
import { createCallHistory, type Database } from '@story-tree/supabase';
import { type Environment, places } from './environment.ts';
import { modelIds, stubSettings } from './models.ts';
import { workflowSettings } from './workflowSettings.ts';

/** The tasks of a run. */
export type RunScope =
  | { task: StoryWorkflowTask; options: object }
  /** All tasks up to `until`, or all there are, each resumed. */
  | { until: StoryWorkflowTask | undefined };

export interface EstimateRequest {
  mode: StoryMode;
  scope: RunScope;
  /** The story; null for one yet to be created. */
  state: StoryState | null;
  /** Scenelets on a path of a story yet to be created, if a person has said how many. */
  target?: number | null | undefined;
  slots: SlotCounts;
  overlap?: boolean | undefined;
}

export interface Estimator {
  /** Estimates what a run will take. @throws StoryTreeError `not_found` for a target that does not exist */
  estimate(request: EstimateRequest): Promise<Estimate>;
  /** What the budget of a run is calculated from. */
  budgetGround(run: { runId: string; storyId: string; mode: StoryMode }): Promise<BudgetGround>;
}

/** Estimates what runs will take from what earlier ones took. */
export function createEstimator(environment: Environment, database: Pick<Database, 'kysely'>): Estimator {
  const history = createCallHistory(database.kysely);
  const assets = createFileAssetStore(places(environment).assets);
  return {
    async estimate({ mode, scope, state, target = null, slots, overlap = false }) {
      const [figures, shape] = await Promise.all([
        readFigures(environment, history, mode, state?.story.id ?? null),
        readShape(environment, history, mode),
      ]);
      const settings = workflowSettings(mode, environment);
      const work = await expectedWork({ wanted: wantedTasks(scope), state, target, shape, settings, assets });
      return estimateRun({ work, figures, mode, slots, overlap });
    },

    async budgetGround({ runId, storyId, mode }) {
      const [spent, figures] = await Promise.all([
        history.spending(runId),
        readFigures(environment, history, mode, storyId),
      ]);
      return { spent, likelyCost: ({ workflowTask, model }) => likelyCost(figures, workflowTask, model) };
    },
  };
}

/** The tasks of a run with their options, in the table's order. */
export function wantedTasks(scope: RunScope): WantedTask[] {
  if ('task' in scope) return [{ definition: taskDefinition(scope.task), options: scope.options }];
  const last = scope.until === undefined ? undefined : WORKFLOW_TASK_NAMES.indexOf(scope.until) + 1;
  return WORKFLOW_TASK_NAMES.slice(0, last).map((task) => ({
    definition: taskDefinition(task),
    options: { resume: true },
  }));
}

async function readFigures(
  environment: Environment,
  history: CallHistory,
  mode: StoryMode,
  storyId: string | null,
): Promise<CallFigures> {
  const [own, others] = await Promise.all([
    storyId === null ? [] : history.records({ storyId }),
    history.records({ mode }),
  ]);
  return createCallFigures({
    mode,
    models: modelIds(mode, environment),
    own,
    others,
    stubLatencyMs: environment.STUB_LATENCY_MS ?? 0,
    now: new Date(),
  });
}

async function readShape(environment: Environment, history: CallHistory, mode: StoryMode): Promise<StoryShape> {
  return mode === 'stub'
    ? certainShape(stubMeasures(stubSettings(environment)))
    : shapeOf(await history.measures(mode));
}

function likelyCost(figures: CallFigures, workflowTask: string, model: string): number {
  const unit = figures(workflowTask);
  if (unit !== null && unit.costUsd !== null) return unit.costUsd / unit.calls;
  throw new StoryTreeError(
    'not_configured',
    `The price of ${model} is not known, so a spending limit cannot be enforced. ` +
      'Choose a model with a known price in the environment, or run without a limit.',
  );
}
