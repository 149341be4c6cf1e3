import { MAX_CHOICES, StoryTreeError } from '@story-tree/domain';

/** What the stub is asked to be. Any of the first three makes its story synthetic. */
export interface StubSettings {
  /** Scenelets of the synthetic story, reached exactly. */
  sceneletCount?: number;
  shotsPerScenelet?: number;
  /** Choices at each branch point; 1 makes one straight line. */
  branching?: number;
  /** How long each reply takes, in milliseconds. */
  latencyMs?: number;
}

/** The measures of a synthetic story. */
export interface SyntheticSize {
  sceneletCount: number;
  shotsPerScenelet: number;
  branching: number;
}

const DEFAULT_SIZE: SyntheticSize = { sceneletCount: 14, shotsPerScenelet: 2, branching: 2 };

function requireWhole(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new StoryTreeError('invalid_input', `${name} must be a whole number from ${least} to ${most}, not ${value}.`);
}

/**
 * The size of the synthetic story that the settings ask for, or null where the sample story is told.
 *
 * @throws StoryTreeError `invalid_input` for a number that makes no story
 */
export function syntheticSize(settings: StubSettings): SyntheticSize | null {
  const { sceneletCount, shotsPerScenelet, branching, latencyMs } = settings;
  requireWhole('STUB_SCENELETS', sceneletCount, 1, 1_000_000);
  requireWhole('STUB_SHOTS_PER_SCENELET', shotsPerScenelet, 1, 1000);
  requireWhole('STUB_BRANCHING', branching, 1, MAX_CHOICES);
  requireWhole('STUB_LATENCY_MS', latencyMs, 0, 3_600_000);
  if (sceneletCount === undefined && shotsPerScenelet === undefined && branching === undefined) return null;
  return {
    sceneletCount: sceneletCount ?? DEFAULT_SIZE.sceneletCount,
    shotsPerScenelet: shotsPerScenelet ?? DEFAULT_SIZE.shotsPerScenelet,
    branching: branching ?? DEFAULT_SIZE.branching,
  };
}
