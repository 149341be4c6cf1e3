import { type Scenelet, type Shot, type StoryState, StoryTreeError } from '@story-tree/domain';
import { knownIds } from './knownIds.ts';

interface ShotTarget {
  targetSceneletId?: string | undefined;
  targetShotIndex?: number | undefined;
}

/** A shot with the scenelet it belongs to. */
export interface TargetedShot {
  shot: Shot;
  scenelet: Scenelet;
}

/**
 * The shots that the options select: all, those of one scenelet, or one; in scenelet and shot order.
 * @throws StoryTreeError `not_found` if the scenelet or the shot does not exist
 */
export function targetedShots(state: StoryState, { targetSceneletId, targetShotIndex }: ShotTarget): TargetedShot[] {
  const byId = new Map(state.scenelets.map((scenelet) => [scenelet.id, scenelet]));
  const all = state.shots.map((shot) => ({ shot, scenelet: byId.get(shot.sceneletId) as Scenelet }));
  if (targetSceneletId === undefined) return all;

  const inScenelet = all.filter(({ scenelet }) => scenelet.label === targetSceneletId);
  const labels = state.scenelets.map(({ label }) => label);
  if (!labels.includes(targetSceneletId)) {
    const known = knownIds(labels, targetSceneletId, ['scenelet', 'scenelets']);
    throw new StoryTreeError('not_found', `This story has no scenelet "${targetSceneletId}". ${known}`);
  }
  if (targetShotIndex === undefined) return inScenelet;
  const one = inScenelet.filter(({ shot }) => shot.shotIndex === targetShotIndex);
  if (one.length > 0) return one;
  throw new StoryTreeError(
    'not_found',
    `${targetSceneletId} has no shot ${targetShotIndex}; it has ${inScenelet.length === 1 ? 'one shot' : `${inScenelet.length} shots`}.`,
  );
}

/** How messages name a shot: `scenelet-3a, shot 2`. */
export function shotName({ shot, scenelet }: TargetedShot): string {
  return `${scenelet.label}, shot ${shot.shotIndex}`;
}

/** The key of a shot's unit, in the journal too: `scenelet-3a/2`. */
export function shotKey({ shot, scenelet }: TargetedShot): string {
  return `${scenelet.label}/${shot.shotIndex}`;
}
