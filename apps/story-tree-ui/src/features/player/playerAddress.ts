/** Where the app serves a story's player; its data and its start stand in the fragment, where the player reads them. */
export function playerAddress(storyId: string, start: string | null): string {
  const story = `/api/stories/${encodeURIComponent(storyId)}`;
  const fragment = new URLSearchParams({ bundle: `${story}/bundle`, ...(start === null ? {} : { start }) });
  return `${story}/player.html?embedded#${fragment}`;
}
