import { chain } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { lossesOfDeletion } from './losses.ts';
import { detailOf } from './testDetail.ts';

describe('lossesOfDeletion', () => {
  it('counts what there is and is silent about what there is not', () => {
    const scenelets = chain(2).map((scenelet) => ({ ...scenelet, shots: [{ audio: false }, {}] }));
    const detail = detailOf(scenelets, { visualReferencePackage: null });
    const images = [{ kind: 'character' as const, designId: 'mara', imagePath: 'a.png' }];
    expect(lossesOfDeletion({ ...detail, referenceImages: images })).toEqual([
      'the constitution',
      '2 scenelets',
      'the visual design',
      'the audio design',
      '4 shots',
      '1 character sheet',
      '4 key frames',
      '2 recordings',
    ]);
  });
});
