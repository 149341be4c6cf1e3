import type { StoryTreeError } from '@story-tree/domain';

/**
 * What to do about an attempt that failed.
 * - `broken`: service or network are down; wait and try again.
 * - `throttled`: the service asks for less load; wait as long as it says.
 * - `empty`: an answer without content; worth asking again, but each time is paid for.
 * - `truncated`: the answer met its limit; ask once more with more room.
 * - `misheard`: the speech model wrote instead of speaking; ask once more.
 * - `final`: asking again changes nothing.
 */
export type FailureKind = 'broken' | 'throttled' | 'empty' | 'truncated' | 'misheard' | 'final';

/** An attempt that failed. Its message is a sentence for people that says why it is made again. */
export class AttemptFailure extends Error {
  readonly kind: FailureKind;
  /** What to throw when nothing helps. */
  readonly error: StoryTreeError;
  /** Milliseconds that the service wants to be left alone, where it said so. */
  readonly retryAfterMs: number | undefined;
  /** The service is overloaded: others had better hold back too. */
  readonly overloaded: boolean;

  constructor(
    kind: FailureKind,
    reason: string,
    error: StoryTreeError,
    options: { retryAfterMs?: number | undefined; overloaded?: boolean } = {},
  ) {
    super(reason, { cause: error });
    this.name = 'AttemptFailure';
    this.kind = kind;
    this.error = error;
    this.retryAfterMs = options.retryAfterMs;
    this.overloaded = options.overloaded ?? false;
  }
}
