import { type AssetStore, buildSceneletTree, type StoryState } from '@story-tree/domain';
import { runMode } from '../planning/options.ts';
import type { WorkflowSettings } from '../planning/settings.ts';
import type { AnyTask } from '../planning/task.ts';
import type { StoryShape } from './storyShape.ts';
import { typicalCall } from './typicalCalls.ts';

/** A task of a run, with its options. */
export interface WantedTask {
  definition: AnyTask;
  options: object;
}

/** The model calls that a task is going to need. */
export interface ExpectedWork {
  definition: AnyTask;
  units: number;
  /** The length of the longest chain of units in which each waits for the one before it. */
  chain: number;
}

export interface WorkSources {
  /** In the table's order. */
  wanted: readonly WantedTask[];
  /** The stored story; null for a story yet to be created. */
  state: StoryState | null;
  /** Scenelets on a path, if a person has said how many. */
  target: number | null;
  shape: StoryShape;
  settings: WorkflowSettings;
  assets: AssetStore;
}

/**
 * The units that a run is going to make: those that the tasks' plans list as missing, and for tasks that cannot be planned
 * yet, as many as stories of this shape have.
 * @throws StoryTreeError whatever the plans throw: `not_found` for a target that does not exist
 */
export async function expectedWork(sources: WorkSources): Promise<ExpectedWork[]> {
  const planned = new Map<string, number | null>();
  // Planning a task without a model may be expensive: the bundle's plan looks at every file.
  const asking = sources.wanted.filter(({ definition }) => typicalCall(definition.task) !== null);
  for (const wanted of asking) planned.set(wanted.definition.task, await plannedUnits(wanted, sources));
  const expected = expectedUnits(sources, planned);
  return sources.wanted.map(({ definition }) => {
    const units = Math.round(expected(definition.task));
    return { definition, units, chain: chainOf(definition.task, units, sources) };
  });
}

/** The missing units with a model in a task's own plan; null while what the task needs does not exist. */
async function plannedUnits({ definition, options }: WantedTask, sources: WorkSources): Promise<number | null> {
  const { state, settings, assets } = sources;
  if (state === null || !definition.needs.every((needed) => needed.hasOutput(state))) return null;
  const mode = runMode(options);
  const units = await definition.plan({ state, options, mode, settings, assets });
  return units.filter(({ model, done }) => model !== null && (mode === 'override' || !done)).length;
}

/** The expected units of each task. */
function expectedUnits(sources: WorkSources, planned: ReadonlyMap<string, number | null>): (task: string) => number {
  const { state, shape } = sources;
  const plan = (task: string) => planned.get(task) ?? 0;
  const existing = state?.scenelets.length ?? 0;
  const script = scriptUnits(sources, planned);
  const scenelets = script.units > 0 ? script.scenelets : existing;
  const isNew = isRegenerated('CREATE_SHOT_PRODUCTION', sources);
  const withShots = isNew ? 0 : new Set(state?.shots.map(({ sceneletId }) => sceneletId)).size;
  const toCut = planned.has('CREATE_SHOT_PRODUCTION') ? Math.max(0, scenelets - withShots) : 0;
  const newShots = toCut * shape.shotsPerScenelet;
  const units: Readonly<Record<string, () => number>> = {
    CREATE_INTERACTIVE_SCRIPT: () => script.units,
    CREATE_SHOT_PRODUCTION: () => toCut,
    CREATE_CHARACTER_MODEL_SHEET: () => planned.get('CREATE_CHARACTER_MODEL_SHEET') ?? shape.characters,
    CREATE_ENVIRONMENT_REFERENCE_IMAGE: () => planned.get('CREATE_ENVIRONMENT_REFERENCE_IMAGE') ?? shape.environments,
    CREATE_SHOT_IMAGES: () => plan('CREATE_SHOT_IMAGES') + newShots,
    CREATE_SHOT_AUDIO: () => plan('CREATE_SHOT_AUDIO') + newShots * shape.spokenShare,
    CREATE_PLAYER_BUNDLE: () => 0,
  };
  return (task) => units[task]?.() ?? planned.get(task) ?? 1;
}

/** The units that the script still needs, and how many scenelets there will be in the end. */
function scriptUnits(sources: WorkSources, planned: ReadonlyMap<string, number | null>) {
  const { state, shape } = sources;
  const task = 'CREATE_INTERACTIVE_SCRIPT';
  const stored = isRegenerated(task, sources) ? [] : (state?.scenelets ?? []);
  const missing = planned.get(task);
  if (!planned.has(task) || (missing === 0 && stored.length > 0)) return { units: 0, scenelets: stored.length };
  const total = shape.scenelets(targetOf(sources));
  // One for the opening, and one after each scenelet that is not an ending.
  const steps = 1 + total * (1 - shape.endingShare);
  if (stored.length === 0) return { units: steps, scenelets: total };
  const taken = new Set(stored.map(({ parentId }) => parentId)).size;
  const units = Math.max(missing ?? 0, steps - taken);
  return { units, scenelets: Math.max(total, stored.length + (missing ?? 0)) };
}

function chainOf(task: string, units: number, sources: WorkSources): number {
  if (task !== 'CREATE_INTERACTIVE_SCRIPT') return Math.min(units, 1);
  const deepest = Math.max(0, ...depths(sources));
  return Math.min(units, Math.max(1, targetOf(sources) - deepest));
}

function depths({ state }: WorkSources): number[] {
  if (state === null) return [];
  const tree = buildSceneletTree(state.scenelets);
  return tree.inOrder().map((scenelet) => tree.pathTo(scenelet).length);
}

function targetOf({ target, state, shape }: WorkSources): number {
  return target ?? state?.story.targetSceneletsPerPath ?? state?.story.creationOptions.targetScenelets ?? shape.target;
}

function isRegenerated(task: string, { wanted }: WorkSources): boolean {
  return wanted.some(({ definition, options }) => definition.task === task && runMode(options) === 'override');
}
