import type { StoryMeasures } from '@story-tree/domain';

/** How large a story is expected to become, judging by others. */
export interface StoryShape {
  /** Scenelets on a path, if nobody says how many. */
  target: number;
  /** All scenelets of a story with paths of that length. */
  scenelets(target: number): number;
  /** Fraction of all scenelets. */
  endingShare: number;
  shotsPerScenelet: number;
  /** Fraction of all shots. */
  spokenShare: number;
  characters: number;
  environments: number;
}

/**
 * The measures of a story of medium length in which people choose four or five times. The model is asked for two or three
 * shots per scenelet.
 */
export const TYPICAL_MEASURES: StoryMeasures = {
  targetSceneletsPerPath: 8,
  scenelets: 24,
  endings: 6,
  sceneletsWithShots: 24,
  shots: 60,
  spokenShots: 57,
  characters: 4,
  environments: 4,
};

/** The expected shape of new stories, judging by existing ones; what none of them shows is taken from a typical one. */
export function shapeOf(stories: readonly StoryMeasures[]): StoryShape {
  const measured = (name: keyof StoryMeasures) => stories.filter((story) => (story[name] ?? 0) > 0);
  const ratio = (of: keyof StoryMeasures, to: keyof StoryMeasures) => {
    const known = measured(to).filter((story) => story[of] !== null);
    const source = known.length > 0 ? known : [TYPICAL_MEASURES];
    return sum(source, of) / sum(source, to);
  };
  const mean = (name: keyof StoryMeasures) => {
    const source = measured(name).length > 0 ? measured(name) : [TYPICAL_MEASURES];
    return Math.round(sum(source, name) / source.length);
  };
  const perTarget = ratio('scenelets', 'targetSceneletsPerPath');
  return {
    target: mean('targetSceneletsPerPath'),
    scenelets: (target) => Math.max(1, Math.round(target * perTarget)),
    endingShare: ratio('endings', 'scenelets'),
    shotsPerScenelet: ratio('shots', 'sceneletsWithShots'),
    spokenShare: ratio('spokenShots', 'shots'),
    characters: mean('characters'),
    environments: mean('environments'),
  };
}

/** The shape of a story whose size is certain, such as the stub's. */
export function certainShape(measures: StoryMeasures): StoryShape {
  const shape = shapeOf([measures]);
  return { ...shape, scenelets: () => measures.scenelets };
}

function sum(stories: readonly StoryMeasures[], name: keyof StoryMeasures): number {
  return stories.reduce((total, story) => total + (story[name] ?? 0), 0);
}
