import type { StoryCard } from '../../wire/index.ts';

export const SORTS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'By name',
  size: 'Largest first',
  cost: 'Most expensive first',
} as const;

export type Sort = keyof typeof SORTS;

/** Which stories are shown, and in which order. It is kept in the address. */
export interface ListView {
  search: string;
  sort: Sort;
}

export function readListView(query: URLSearchParams): ListView {
  const sort = query.get('sort') ?? '';
  return { search: query.get('q') ?? '', sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'newest' };
}

/** The query that {@link readListView} reads, with its question mark; empty for the default view. */
export function writeListView({ search, sort }: ListView): string {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (sort !== 'newest') query.set('sort', sort);
  return query.size === 0 ? '' : `?${query}`;
}

const ORDERS: Record<Sort, (a: StoryCard, b: StoryCard) => number> = {
  newest: (a, b) => b.createdAt.localeCompare(a.createdAt),
  oldest: (a, b) => a.createdAt.localeCompare(b.createdAt),
  name: (a, b) => a.displayName.localeCompare(b.displayName, 'en', { sensitivity: 'base', numeric: true }),
  size: (a, b) => b.scenelets - a.scenelets,
  cost: (a, b) => b.costUsd - a.costUsd,
};

/** The stories of a view: those with every word of the search in their name or prompt. */
export function viewedStories(stories: readonly StoryCard[], { search, sort }: ListView): StoryCard[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const found = stories.filter((story) => {
    const text = fold(`${story.displayName} ${story.initialPrompt}`);
    return words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => ORDERS[sort](a, b) || ORDERS.newest(a, b) || a.id.localeCompare(b.id));
}

/** Ignores case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
