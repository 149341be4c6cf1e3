'use client';

import { useSyncExternalStore } from 'react';

interface Clock {
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

const clocks = new Map<number, Clock>();

/**
 * The time in milliseconds, read again every `everyMs`; null on the server and while hydrating. All users of one
 * interval share one timer.
 */
export function useNow(everyMs: number): number | null {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(
    (listener) => subscribe(clock, everyMs, listener),
    () => clock.now,
    () => null,
  );
}

function clockOf(everyMs: number): Clock {
  let clock = clocks.get(everyMs);
  if (!clock) {
    clock = { now: Date.now(), listeners: new Set(), timer: undefined };
    clocks.set(everyMs, clock);
  }
  return clock;
}

function subscribe(clock: Clock, everyMs: number, listener: () => void): () => void {
  clock.listeners.add(listener);
  if (!clock.timer) {
    clock.now = Date.now();
    clock.timer = setInterval(() => tick(clock), everyMs);
  }
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clock.timer = undefined;
  };
}

function tick(clock: Clock): void {
  clock.now = Date.now();
  for (const listener of clock.listeners) listener();
}
