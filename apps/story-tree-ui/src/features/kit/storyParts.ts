import { buildSceneletTree, type Scenelet, type SceneletTree } from '@story-tree/domain';
import type { StoryDetail } from '../../wire/index.ts';

export type StoryScenelet = StoryDetail['scenelets'][number];
export type StoryShot = StoryDetail['shots'][number];

/** The tree of a story's scenelets. */
export function treeOf(scenelets: readonly StoryScenelet[]): SceneletTree {
  // What comes over the wire differs from the stored form by `readonly` alone.
  return buildSceneletTree(scenelets as readonly Scenelet[]);
}

/** Shots by their scenelet's id, in their order. */
export function shotsByScenelet(shots: readonly StoryShot[]): ReadonlyMap<string, readonly StoryShot[]> {
  return Map.groupBy(shots, (shot) => shot.sceneletId);
}

/** The address of a file from the path that rows store, or null. */
export function assetAddress(path: string | null): string | null {
  return path === null ? null : `/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** `1 shot`, `2 shots`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** `a, b and c`. */
export function listed(nouns: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(nouns);
}
