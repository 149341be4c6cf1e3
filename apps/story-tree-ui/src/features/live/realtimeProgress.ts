import { isBehind } from './switchedStream.ts';

/** How far Realtime has come, and whether it may be relied on. Cursors are ids of the log. */
export interface RealtimeProgress {
  /** Realtime has been joined; nothing up to this cursor is missing. */
  begin(cursor: string): void;
  lost(): void;
  /** Whether it has been joined, and it is known from where on. */
  hasBegun(): boolean;
  /** It has handed on this line of the log. */
  heard(cursor: string): void;
  isBehind(cursor: string): boolean;
  /** Judges Realtime by a cursor that it has had the time to reach. */
  judge(cursor: string): void;
  /** Whether all messages come by Realtime. */
  carries(): boolean;
  /** The last cursor up to which nothing is missing; null while none is known. */
  complete(): string | null;
}

/**
 * A channel that has been joined is trusted. Once it was behind, it is quiet, until it has said something again and is
 * found to keep up: joining again proves nothing.
 */
export function createRealtimeProgress(): RealtimeProgress {
  let position: string | null = null;
  let complete: string | null = null;
  let trust: 'trusted' | 'quiet' | 'heard' = 'trusted';

  const lagsBehind = (cursor: string) => position !== null && isBehind(position, cursor);

  return {
    begin(cursor) {
      position = cursor;
      complete = cursor;
    },
    lost() {
      position = null;
    },
    hasBegun: () => position !== null,
    heard(cursor) {
      if (lagsBehind(cursor)) position = cursor;
      if (trust === 'quiet') trust = 'heard';
    },
    isBehind: lagsBehind,
    judge(cursor) {
      if (lagsBehind(cursor)) trust = 'quiet';
      else if (trust === 'heard') trust = 'trusted';
      if (trust === 'trusted') complete = cursor;
    },
    carries: () => position !== null && trust === 'trusted',
    complete: () => complete,
  };
}
