import { describe, expect, it } from 'vitest';
import { cardState } from './cardState.ts';
import { progressWords, spokenState } from './cardWords.ts';
import { testBoard } from './testTrees.ts';

const { cards } = testBoard();

function spoken(label: string, { hidden = 0, made = '' } = {}) {
  const card = cards.get(`scenelet-${label}`);
  if (card === undefined) throw new Error(`no ${label}`);
  return spokenState(
    card,
    cardState(card, (task) => task === made),
    hidden,
  );
}

describe('what is said of a card', () => {
  it('tells its place in the story', () => {
    expect(spoken('1')).toBe('Choice with 3 ways on.');
    expect(spoken('2b')).toBe('Ending.');
    expect(spoken('2c')).toBe('Incomplete: nothing follows yet.');
  });

  it('tells what is not there, what is in work and what is folded', () => {
    expect(spoken('2a', { hidden: 2 })).toBe(
      'Choice with 2 ways on. Shots missing. Key frames missing. Speech missing. 2 scenelets folded.',
    );
    expect(spoken('2b', { made: 'CREATE_SHOT_IMAGES' })).toBe('Ending. Key frames being made, 1 of 1.');
    expect(spoken('2c', { made: 'CREATE_INTERACTIVE_SCRIPT' })).toBe('What follows is being written.');
  });

  it('counts', () => {
    expect(progressWords({ state: 'missing', done: 2, total: 3 })).toBe('2 of 3');
    expect(progressWords({ state: 'done', done: 3, total: 3 })).toBe('all 3');
    expect(progressWords({ state: 'done', done: 0, total: 0 })).toBe('none needed');
    expect(progressWords({ state: 'making', done: 0, total: 0 })).toBe('being made');
  });
});
