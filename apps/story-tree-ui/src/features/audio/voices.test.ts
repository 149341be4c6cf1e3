import { audioDesignOf, narrated, spoken } from '@story-tree/testkit/stories/tellableStory.ts';
import { describe, expect, it } from 'vitest';
import { detailOf } from '../kit/testDetail.ts';
import { speakerNames, voiceSamples, voicesOf } from './voices.ts';

describe('voicesOf', () => {
  it('begins with the narrator and keeps the order of the characters', () => {
    const voices = voicesOf(audioDesignOf({ mara: 'Mara', tom: 'Tom' }));
    expect(voices.map(({ id }) => id)).toEqual(['narrator', 'mara', 'tom']);
    expect(speakerNames(audioDesignOf({ mara: 'Mara' })).get('mara')).toBe('Mara');
    expect(speakerNames(null).size).toBe(0);
  });
});

describe('voiceSamples', () => {
  it('prefers a recording in which nobody else speaks, and needs one', () => {
    const { shots } = detailOf([
      {
        label: 'scenelet-1',
        shots: [
          { lines: [narrated('Dusk.'), spoken('mara', 'Who is there?')] },
          { lines: [spoken('mara', 'Only me.')] },
          { lines: [spoken('tom', 'And me.')], audio: false },
        ],
      },
    ]);
    const samples = voiceSamples(shots);
    expect(samples.get('mara')).toMatchObject({ line: 'Only me.', alone: true });
    expect(samples.get('narrator')).toMatchObject({ line: 'Dusk.', alone: false });
    expect(samples.has('tom')).toBe(false);
  });
});
