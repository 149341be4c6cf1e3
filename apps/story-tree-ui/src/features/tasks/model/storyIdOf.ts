/** The story that a page is about, by its address; null for all other pages. */
export function storyIdOf(pathname: string): string | null {
  const [, id] = /^\/story\/([^/]+)/.exec(pathname) ?? [];
  return id === undefined ? null : decodeURIComponent(id);
}
