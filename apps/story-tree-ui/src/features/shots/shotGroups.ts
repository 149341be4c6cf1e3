import type { Scenelet, SceneletTree } from '@story-tree/domain';
import type { StoryShot } from '../kit/index.ts';

const FILTERS = ['all', 'without-picture', 'without-speech'] as const;

/** Which shots are shown. */
export type ShotFilter = (typeof FILTERS)[number];

export function isShotFilter(text: string | null): text is ShotFilter {
  return FILTERS.some((filter) => filter === text);
}

/** The shots of one scenelet that are shown. */
export interface ShotGroup {
  scenelet: Scenelet;
  shots: readonly StoryShot[];
}

/** Shots by scenelet in the order of the story: of all scenelets or of the one, those that the filter lets through. */
export function shotGroups(
  tree: SceneletTree,
  shotsOf: ReadonlyMap<string, readonly StoryShot[]>,
  { label, filter }: { label: string | null; filter: ShotFilter },
): ShotGroup[] {
  const only = label === null ? undefined : tree.byLabel.get(label);
  return (only ? [only] : tree.inOrder())
    .map((scenelet) => ({ scenelet, shots: (shotsOf.get(scenelet.id) ?? []).filter((shot) => passes(shot, filter)) }))
    .filter(({ shots }) => shots.length > 0);
}

function passes(shot: StoryShot, filter: ShotFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'without-picture':
      return shot.keyFrameImagePath === null;
    case 'without-speech':
      // A shot without lines is silent by design.
      return shot.audioFilePath === null && shot.storyboard.audio_and_narrative.length > 0;
    default:
      return filter satisfies never;
  }
}
