import type { StoryDetail } from '../../wire/index.ts';

/** The tabs of a story's page, in their order; the id is the last part of the address. */
export const STORY_TABS = [
  { id: 'constitution', title: 'Constitution' },
  { id: 'script', title: 'Script' },
  { id: 'storyboard', title: 'Storyboard' },
  { id: 'visual', title: 'Visual' },
  { id: 'audio', title: 'Audio' },
  { id: 'shots', title: 'Shots' },
  { id: 'player', title: 'Player' },
  { id: 'costs', title: 'Costs' },
] as const;

export type StoryTabId = (typeof STORY_TABS)[number]['id'];

export function isStoryTab(id: string): id is StoryTabId {
  return STORY_TABS.some((tab) => tab.id === id);
}

/** The address of a tab, with what is chosen in it. */
export function storyHref(storyId: string, tab: StoryTabId, chosen: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(chosen).toString();
  return `/story/${encodeURIComponent(storyId)}/${tab}${query && `?${query}`}`;
}

/** The tab that somebody who opens a story wants to see: the furthest one that is worth seeing. */
export function bestTab({ playable, scenelets }: Pick<StoryDetail, 'playable' | 'scenelets'>): StoryTabId {
  if (playable) return 'player';
  return scenelets.length > 0 ? 'storyboard' : 'constitution';
}
