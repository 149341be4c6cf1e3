import { describe, expect, it } from 'vitest';
import { shotsByScenelet, treeOf } from '../kit/storyParts.ts';
import { detailOf } from '../kit/testDetail.ts';
import { type ShotFilter, shotGroups } from './shotGroups.ts';

const { scenelets, shots } = detailOf([
  { label: 'scenelet-1', shots: [{}, { image: false }] },
  { label: 'scenelet-2', parent: 'scenelet-1', shots: [{ audio: false }, { audio: false, lines: [] }] },
  { label: 'scenelet-3', parent: 'scenelet-2', shots: [] },
]);

function labels(label: string | null, filter: ShotFilter): string[] {
  return shotGroups(treeOf(scenelets), shotsByScenelet(shots), { label, filter }).flatMap((group) =>
    group.shots.map((shot) => `${group.scenelet.label}/${shot.shotIndex}`),
  );
}

describe('shotGroups', () => {
  it('keeps the order of the story and leaves out scenelets without shots', () => {
    expect(labels(null, 'all')).toEqual(['scenelet-1/1', 'scenelet-1/2', 'scenelet-2/1', 'scenelet-2/2']);
  });

  it('finds what is missing, and does not miss words where nothing is said', () => {
    expect(labels(null, 'without-picture')).toEqual(['scenelet-1/2']);
    expect(labels(null, 'without-speech')).toEqual(['scenelet-2/1']);
  });

  it('shows one scenelet, and all for a label that there is not', () => {
    expect(labels('scenelet-2', 'all')).toEqual(['scenelet-2/1', 'scenelet-2/2']);
    expect(labels('scenelet-9', 'all')).toHaveLength(4);
  });
});
