import type { LiveRun, LiveSink, LiveTransport } from './liveTransport.ts';
import { compareIds } from './mergeTasks.ts';

/** Whether a cursor stands before another; one that is not known stands before all. */
export function isBehind(cursor: string | null, other: string): boolean {
  return cursor === null || compareIds(cursor, other) < 0;
}

/** The server's stream, which can be switched off and on again while something else carries its messages. */
export function createSwitchedStream(stream: LiveTransport, options: LiveRun) {
  const { sink, signal } = options;
  let cursor = options.after;
  let running: AbortController | null = null;

  function relay(isOn: () => boolean): LiveSink {
    return {
      message(message) {
        if (!isOn()) return;
        if (message.kind === 'task' && message.cursor !== null && isBehind(cursor, message.cursor)) {
          cursor = message.cursor;
        }
        sink.message(message);
      },
      status: (status) => isOn() && sink.status(status),
      pulse: () => isOn() && sink.pulse(),
    };
  }

  return {
    /** How far the stream has come. */
    cursor: () => cursor,
    /** Runs the stream from a cursor on, unless it is running. */
    on(after: string | null): void {
      if (running !== null || signal.aborted) return;
      const turn = new AbortController();
      running = turn;
      cursor = after;
      const either = AbortSignal.any([signal, turn.signal]);
      stream.run({ ...options, sink: relay(() => !either.aborted), after, signal: either });
    },
    off(): void {
      running?.abort();
      running = null;
    },
  };
}
