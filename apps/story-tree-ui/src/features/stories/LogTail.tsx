'use client';

import { cx } from '../../components/index.ts';
import type { TaskEvent } from '../live/index.ts';

const LINES = 8;

/** The last lines of a task's log, newest first, each with its time. */
export function LogTail({ events }: { events: readonly TaskEvent[] }) {
  return (
    <ol aria-label="What happened" className="min-h-56 space-y-1.5 rounded-card bg-sunken p-4 text-sm">
      {events.slice(0, LINES).map((event, place) => (
        <li key={event.id} className={cx('flex gap-3', place > 0 && 'text-ink-soft', place === 0 && 'animate-arrive')}>
          <time dateTime={event.createdAt} className="shrink-0 font-mono text-ink-faint text-xs leading-5.5">
            {clock(event.createdAt)}
          </time>
          <span className={cx('line-clamp-2 min-w-0', event.eventType === 'error' && 'text-bad')}>{event.message}</span>
        </li>
      ))}
    </ol>
  );
}

function clock(moment: string): string {
  return new Date(moment).toLocaleTimeString('en-GB');
}
