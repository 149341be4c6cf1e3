import { chain } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { bestTab, isStoryTab, storyHref } from './storyTabs.ts';
import { detailOf } from './testDetail.ts';

describe('bestTab', () => {
  it('is the furthest thing there is', () => {
    expect(bestTab(detailOf(chain(2)))).toBe('player');
    expect(bestTab({ ...detailOf(chain(2)), playable: false })).toBe('storyboard');
    expect(bestTab({ ...detailOf([]), playable: false })).toBe('constitution');
  });
});

describe('storyHref', () => {
  it('escapes what it is given', () => {
    expect(storyHref('a/b', 'script')).toBe('/story/a%2Fb/script');
    expect(storyHref('a', 'shots', { scenelet: 'scenelet-3a&x' })).toBe('/story/a/shots?scenelet=scenelet-3a%26x');
  });
});

describe('isStoryTab', () => {
  it('knows the tabs alone', () => {
    expect(isStoryTab('costs')).toBe(true);
    expect(isStoryTab('constructor')).toBe(false);
  });
});
