const listeners = new Set<(text: string) => void>();

/** Announces something to people who use a screen reader, politely. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

export function onAnnouncement(listener: (text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
