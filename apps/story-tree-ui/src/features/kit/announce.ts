const listeners = new Set<(text: string) => void>();

/** Says something to people who listen to the page instead of looking at it, once they are done with what they hear. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

export function onAnnouncement(listener: (text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
