import { MAX_CHOICES, StoryTreeError } from '@story-tree/domain';

/** The stub's settings. Any of the first three makes its story synthetic. */
export interface StubSettings {
  /** Scenelets of the synthetic story, reached exactly. */
  sceneletCount?: number;
  shotsPerScenelet?: number;
  /** Choices at each branch point; 1 makes one straight line. */
  branching?: number;
  /** Milliseconds that each reply takes. */
  latencyMs?: number;
}

/** The size of a synthetic story. */
export interface SyntheticSize {
  sceneletCount: number;
  shotsPerScenelet: number;
  branching: number;
}

const DEFAULT_SIZE: SyntheticSize = { sceneletCount: 14, shotsPerScenelet: 2, branching: 2 };

function requireWholeNumber(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new StoryTreeError('invalid_input', `${name} must be a whole number from ${min} to ${max}, not ${value}.`);
}

/**
 * The size of the synthetic story that the settings ask for, or null for the sample story.
 *
 * @throws StoryTreeError `invalid_input` for a number out of range
 */
export function syntheticSize(settings: StubSettings): SyntheticSize | null {
  const { sceneletCount, shotsPerScenelet, branching, latencyMs } = settings;
  requireWholeNumber('STUB_SCENELETS', sceneletCount, 1, 1_000_000);
  requireWholeNumber('STUB_SHOTS_PER_SCENELET', shotsPerScenelet, 1, 1000);
  requireWholeNumber('STUB_BRANCHING', branching, 1, MAX_CHOICES);
  requireWholeNumber('STUB_LATENCY_MS', latencyMs, 0, 3_600_000);
  if (sceneletCount === undefined && shotsPerScenelet === undefined && branching === undefined) return null;
  return {
    sceneletCount: sceneletCount ?? DEFAULT_SIZE.sceneletCount,
    shotsPerScenelet: shotsPerScenelet ?? DEFAULT_SIZE.shotsPerScenelet,
    branching: branching ?? DEFAULT_SIZE.branching,
  };
}
