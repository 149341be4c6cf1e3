/** The story that a page is about, by its address; null for all other pages. */
export function storyIdOf(pathname: string): string | null {
  return /^\/story\/([^/]+)/.exec(pathname)?.[1] ?? null;
}
