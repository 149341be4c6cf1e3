import { describe, expect, it } from 'vitest';
import { search, searchIndex } from './search.ts';
import { testBoard } from './testTrees.ts';

const index = searchIndex(
  testBoard([
    { label: 'scenelet-1', choicePrompt: 'Whom do you follow?', description: 'The tide went out. Zoé ran.' },
    { label: 'scenelet-2a', parent: 'scenelet-1', choiceLabel: 'Follow the boats', description: 'A harbour at dusk.' },
    { label: 'scenelet-2b', parent: 'scenelet-1', choiceLabel: 'Stay', description: 'The lighthouse. No tide here.' },
    { label: 'scenelet-3a', parent: 'scenelet-2a', ending: true, description: '李小龙 waits at the quay.' },
  ]).cards.values(),
);
const found = (query: string) => search(index, query, 10).map(({ label }) => label.replace('scenelet-', ''));

describe('search', () => {
  it('knows labels, whole and short', () => {
    expect(found('scenelet-3a')[0]).toBe('3a');
    expect(found('2b')[0]).toBe('2b');
    expect(found('2')).toEqual(['2a', '2b']);
  });

  it('looks through text, lines and choices', () => {
    expect(found('harbour')).toEqual(['2a']);
    expect(found('boats')).toEqual(['2a']);
    expect(found('李小龙')).toEqual(['3a']);
  });

  it('wants every word, and takes beginnings', () => {
    expect(found('tide zoe')).toEqual(['1']);
    expect(found('light')).toEqual(['2b']);
    expect(found('tide harbour')).toEqual([]);
  });

  it('puts titles before other text', () => {
    expect(found('tide')).toEqual(['1', '2b']);
  });

  it('forgives a wrong letter, a swapped pair and missing ones', () => {
    expect(found('harbor')).toEqual(['2a']);
    expect(found('lighthosue')).toEqual(['2b']);
    expect(found('lthouse')).toEqual(['2b']);
    expect(found('xq')).toEqual([]);
  });

  it('says nothing without a query, and stops at the limit', () => {
    expect(found('  ')).toEqual([]);
    expect(search(index, 'the', 1)).toHaveLength(1);
  });
});
