import { storyState } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { alternativeTextOf, captionsOf, characterNames } from './bundleShots.ts';

const { story, shots } = storyState(
  [
    {
      label: 'scenelet-1',
      shots: [
        {
          lines: [
            { type: 'dialogue', source: 'stranger', line: '(coldly) No.' },
            { type: 'dialogue', source: 'zoe', line: '[softly] Oui ?' },
            { type: 'monologue', source: 'narrator', line: 'She waits.' },
          ],
          storyboard: {
            composition_and_content: 'Zoé stands at the door.',
            referenced_designs: { characters: ['zoe', 'li', 'stranger', 'li'], environments: [] },
          },
        },
      ],
    },
  ],
  { characters: { zoe: 'Zoé', li: '李小龙' } },
);
const entry = shots[0]?.storyboard as NonNullable<(typeof shots)[0]>['storyboard'];
const names = characterNames(story.visualDesignDocument);

describe('captionsOf', () => {
  it('names the speakers: nobody for the narrator, the id where no design has it', () => {
    expect(captionsOf(entry, names)).toEqual([
      { speaker: 'stranger', line: 'No.' },
      { speaker: 'Zoé', line: 'Oui ?' },
      { speaker: null, line: 'She waits.' },
    ]);
  });

  it('works without a visual design', () => {
    expect(captionsOf(entry, characterNames(null))[1]).toEqual({ speaker: 'zoe', line: 'Oui ?' });
  });
});

describe('alternativeTextOf', () => {
  it('adds who is in the picture and was not named, once', () => {
    expect(alternativeTextOf(entry, names)).toBe('Zoé stands at the door. (李小龙)');
  });

  it('is the composition alone when there is nobody to add', () => {
    expect(alternativeTextOf(entry, new Map())).toBe('Zoé stands at the door.');
  });
});
