'use client';

import { useSyncExternalStore } from 'react';
import { formatAge, formatDay, formatDuration, formatMoney } from './format.ts';

/** US dollars. */
export function Money({ usd, exact = false }: { usd: number; exact?: boolean }) {
  return <span className="tabular-nums">{formatMoney(usd, exact)}</span>;
}

/** A span of time that has ended. */
export function Duration({ milliseconds }: { milliseconds: number }) {
  return <span className="tabular-nums">{formatDuration(milliseconds)}</span>;
}

/** Time since a moment, counting; or between two moments once there is an end. Moments are ISO texts. */
export function Elapsed({ since, until = null }: { since: string; until?: string | null }) {
  const now = useNow(1_000);
  const end = until === null ? now : Date.parse(until);
  return <Duration milliseconds={end === null ? 0 : Math.max(0, end - Date.parse(since))} />;
}

/** How long ago a moment was; the moment itself on hover. On the server and on first render: the day. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow(15_000);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={now === null ? undefined : moment.toLocaleString()}>
      {now === null ? formatDay(moment) : formatAge(moment, new Date(now))}
    </time>
  );
}

interface Clock {
  now: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
  /** Always the same function: a new one would be subscribed again with each rendering, each time to a new now. */
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
