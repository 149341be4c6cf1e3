'use client';

import { formatAge, formatDay, formatDuration, formatMoney } from './format.ts';
import { useNow } from './useNow.ts';

/** US dollars. */
export function Money({ usd, exact = false }: { usd: number; exact?: boolean }) {
  return <span className="tabular-nums">{formatMoney(usd, exact)}</span>;
}

/** A span of time that is over. */
export function Duration({ milliseconds }: { milliseconds: number }) {
  return <span className="tabular-nums">{formatDuration(milliseconds)}</span>;
}

/** Time since a moment, counting; or between two moments once there is an end. Moments are ISO texts. */
export function Elapsed({ since, until = null }: { since: string; until?: string | null }) {
  const now = useNow(1_000);
  const end = until === null ? now : Date.parse(until);
  return <Duration milliseconds={end === null ? 0 : Math.max(0, end - Date.parse(since))} />;
}

/** How long ago a moment was; the moment itself on hover. On the server and for a first glance: the day. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow(15_000);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={now === null ? undefined : moment.toLocaleString()}>
      {now === null ? formatDay(moment) : formatAge(moment, new Date(now))}
    </time>
  );
}
