import { describe, expect, it } from 'vitest';
import { CARD_PARTS, cardHeight, textLines } from './cardHeight.ts';
import { testBoard } from './testTrees.ts';

const { cards } = testBoard();

function card(label: string, from = cards) {
  const found = from.get(`scenelet-${label}`);
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
}

const described = (description: string) => card('1', testBoard([{ label: 'scenelet-1', description }]).cards);

describe('a card', () => {
  it('says what its scenelet is', () => {
    expect(['1', '2a', '2b', '2c'].map((label) => card(label).kind)).toEqual(['branch', 'branch', 'ending', 'open']);
    expect(
      card('1', testBoard([{ label: 'scenelet-1' }, { label: 'scenelet-2', parent: 'scenelet-1' }]).cards).kind,
    ).toBe('step');
  });

  it('takes the first sentence for its title', () => {
    expect(card('1')).toMatchObject({ title: 'The tide went out.', rest: 'Nobody had told the boats.' });
    expect(described('灯塔熄灭了。海在等。')).toMatchObject({ title: '灯塔熄灭了。', rest: '海在等。' });
    expect(described('No end to it')).toMatchObject({ title: 'No end to it', rest: '' });
  });

  it('carries the choice that leads to it and the one it asks for', () => {
    expect(card('2a')).toMatchObject({ choice: 'Wade after it', choicePrompt: 'And now?', children: 2 });
  });

  it('grows with what it shows, up to a limit', () => {
    const bare = { ...card('2c'), shots: [], lines: [], choicePrompt: null, rest: '' };
    const { shots } = card('2c');
    expect(cardHeight({ ...bare, shots }) - cardHeight(bare)).toBe(CARD_PARTS.pictures);
    expect(textLines(described('word '.repeat(2_000)))).toEqual({ title: 2, rest: 0 });
    expect(textLines({ title: '', rest: 'word '.repeat(2_000) })).toEqual({ title: 1, rest: 3 });
    expect(textLines({ title: '海'.repeat(20), rest: '' }).title).toBe(2);
  });
});
