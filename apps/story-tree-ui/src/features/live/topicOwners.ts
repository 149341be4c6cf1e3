import type { Topic, Topics } from './topics.ts';

/**
 * Has each topic that is wanted be listened to by one owner: two would share a channel of Realtime and take it from each
 * other. One that is wanted again while its owner is still leaving gets the next owner after that.
 * @param listen listens until the signal aborts, and returns once it has left
 */
export function ownTopics(
  topics: Topics,
  listen: (topic: Topic, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): void {
  const owners = new Map<Topic, AbortController>();
  let isDue = false;

  async function own(topic: Topic): Promise<void> {
    const leaving = new AbortController();
    owners.set(topic, leaving);
    await listen(topic, AbortSignal.any([signal, leaving.signal]));
    owners.delete(topic);
    look();
  }

  function look(): void {
    isDue = false;
    if (signal.aborted) return;
    const wanted = topics.wanted();
    for (const [topic, leaving] of owners) if (!wanted.has(topic)) leaving.abort();
    for (const topic of wanted) if (!owners.has(topic)) void own(topic);
  }

  /** From one page to the next, a topic may be unwanted for a moment. */
  function lookSoon(): void {
    if (!isDue) queueMicrotask(look);
    isDue = true;
  }

  const stop = topics.onChange(lookSoon);
  signal.addEventListener('abort', stop, { once: true });
  look();
}
