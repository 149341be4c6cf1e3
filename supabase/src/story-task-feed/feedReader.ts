import type { FeedFilter, FeedMessage } from '@story-tree/domain';

/** How many messages may wait for a reader before it is dropped. */
const MOST_WAITING = 1_000;

/** The queue of one reader of the feed. */
export interface FeedReader {
  /** Queues the message if it passes the reader's filter. */
  offer(message: FeedMessage): void;
  /** The next message, as soon as there is one; null once the reader has ended. */
  next(): Promise<FeedMessage | null>;
  /** Discards what waits. */
  end(): void;
  readonly ended: boolean;
}

/**
 * A reader that falls too far behind is ended, so that its queue does not grow without bounds. Nothing is lost: it knows
 * its last cursor and can start again from there.
 */
export function createFeedReader({ storyId, taskId }: FeedFilter): FeedReader {
  const waiting: FeedMessage[] = [];
  let ended = false;
  let wake = () => {};

  function end() {
    ended = true;
    waiting.length = 0;
    wake();
  }

  return {
    get ended() {
      return ended;
    },
    end,
    offer(message) {
      if (ended || !isAbout(message, storyId, taskId)) return;
      if (message.kind === 'draft') dropDraft(waiting, message.draft.taskId);
      if (waiting.length >= MOST_WAITING) return end();
      waiting.push(message);
      wake();
    },
    async next() {
      while (waiting.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift() ?? null;
    },
  };
}

function isAbout(message: FeedMessage, storyId: string | undefined, taskId: string | undefined): boolean {
  if (message.kind === 'resync') return true;
  const about = message.kind === 'task' ? message.event : message.draft;
  return (storyId === undefined || about.storyId === storyId) && (taskId === undefined || about.taskId === taskId);
}

/** A newer draft says all that the older one did. */
function dropDraft(waiting: FeedMessage[], taskId: string): void {
  const older = waiting.findIndex((message) => message.kind === 'draft' && message.draft.taskId === taskId);
  if (older !== -1) waiting.splice(older, 1);
}
