/** What a page shows tasks of: one story, by its id, or all of them. */
export type Topic = string | null;

/** The tasks of all stories, which lists show. */
export const ALL_STORIES: Topic = null;

/** What a page shows at the moment, so that a transport knows what to listen to. */
export interface Topics {
  wanted(): ReadonlySet<Topic>;
  onChange(listener: () => void): () => void;
}

/** Counts who wants a topic: it is wanted until the last of them has left. */
export function createTopics(): Topics & { want(topic: Topic): () => void } {
  const wants = new Map<Topic, number>();
  const listeners = new Set<() => void>();

  function add(topic: Topic, change: 1 | -1): void {
    const count = (wants.get(topic) ?? 0) + change;
    if (count === 0) wants.delete(topic);
    else wants.set(topic, count);
    for (const listener of listeners) listener();
  }

  return {
    wanted: () => new Set(wants.keys()),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want(topic) {
      add(topic, 1);
      return () => add(topic, -1);
    },
  };
}
