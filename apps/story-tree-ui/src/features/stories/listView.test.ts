import { describe, expect, it } from 'vitest';
import type { StoryCard } from '../../wire/index.ts';
import { type ListView, readListView, viewedStories, writeListView } from './listView.ts';

function card(id: string, change: Partial<StoryCard> = {}): StoryCard {
  return {
    id,
    displayName: id,
    mode: 'stub',
    initialPrompt: '',
    createdAt: '2026-11-20T10:00:00.000Z',
    keyArt: null,
    scenelets: 0,
    endings: 0,
    shots: 0,
    keyFrames: 0,
    spokenShots: 0,
    playable: false,
    costUsd: 0,
    activeTaskId: null,
    ...change,
  };
}

const view = (change: Partial<ListView>): ListView => ({ search: '', sort: 'newest', ...change });
const idsOf = (stories: StoryCard[]) => stories.map(({ id }) => id);

describe('the view of the list', () => {
  it('goes into the address and comes back', () => {
    for (const one of [view({}), view({ search: 'a & b=c #d' }), view({ search: 'é 龍', sort: 'cost' })]) {
      expect(readListView(new URLSearchParams(writeListView(one)))).toEqual(one);
    }
    expect(writeListView(view({}))).toBe('');
  });

  it('takes an address that somebody has written by hand', () => {
    expect(readListView(new URLSearchParams('?sort=constructor&q=x'))).toEqual(view({ search: 'x' }));
  });
});

describe('viewed stories', () => {
  it('have every word of the search, in name or prompt, with case and accents set aside', () => {
    const stories = [
      card('a', { displayName: 'Zoé and the lighthouse' }),
      card('b', { displayName: 'Zoe', initialPrompt: 'A story of the LIGHT.' }),
      card('c', { displayName: 'Zoe' }),
    ];

    expect(idsOf(viewedStories(stories, view({ search: ' zoe  light ' }))).sort()).toEqual(['a', 'b']);
    expect(viewedStories(stories, view({ search: 'zoé nobody' }))).toEqual([]);
  });

  it('come in the order of the view, the newest first among equals', () => {
    const stories = [
      card('old', { createdAt: '2026-11-18T10:00:00.000Z', displayName: 'Story 10', scenelets: 5, costUsd: 2 }),
      card('new', { createdAt: '2026-11-20T10:00:00.000Z', displayName: 'story 9', scenelets: 5, costUsd: 1 }),
      card('mid', { createdAt: '2026-11-19T10:00:00.000Z', displayName: 'Abc', scenelets: 9, costUsd: 0 }),
    ];

    expect(idsOf(viewedStories(stories, view({ sort: 'newest' })))).toEqual(['new', 'mid', 'old']);
    expect(idsOf(viewedStories(stories, view({ sort: 'oldest' })))).toEqual(['old', 'mid', 'new']);
    expect(idsOf(viewedStories(stories, view({ sort: 'name' })))).toEqual(['mid', 'new', 'old']);
    expect(idsOf(viewedStories(stories, view({ sort: 'size' })))).toEqual(['mid', 'new', 'old']);
    expect(idsOf(viewedStories(stories, view({ sort: 'cost' })))).toEqual(['old', 'new', 'mid']);
  });
});
