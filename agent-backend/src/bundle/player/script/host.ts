/** Calls `rename` when the page of this site that embeds the player says that the story has another title. */
export function onTitle(rename: (title: string) => void): void {
  addEventListener('message', ({ source, origin, data }) => {
    const isHost = parent !== window && source === parent && origin === location.origin;
    if (isHost && typeof data?.title === 'string') rename(data.title);
  });
}
