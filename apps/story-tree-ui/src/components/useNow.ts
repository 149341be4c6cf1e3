'use client';

import { useSyncExternalStore } from 'react';

interface Clock {
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
  /** The same function for good: another one would be subscribed anew with each rendering, and each time to a new now. */
  subscribe(listener: () => void): () => void;
}

const clocks = new Map<number, Clock>();

/**
 * The time in milliseconds, read again every `everyMs`; null on the server and while hydrating. All users of one
 * interval share one timer.
 */
export function useNow(everyMs: number): number | null {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(
    clock.subscribe,
    () => clock.now,
    () => null,
  );
}

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs);
  if (known) return known;
  const clock: Clock = {
    now: Date.now(),
    listeners: new Set(),
    timer: undefined,
    subscribe: (listener) => subscribe(clock, everyMs, listener),
  };
  clocks.set(everyMs, clock);
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
