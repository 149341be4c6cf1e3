import { memo } from 'react';
import { cx } from '../../../components/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { type LogLevel, levelOf } from './logLines.ts';

const LOOKS: Record<LogLevel, { mark: string; text: string; name: string }> = {
  progress: { mark: 'bg-accent-fill', text: 'text-ink', name: '' },
  note: { mark: 'bg-line-strong', text: 'text-ink-soft', name: '' },
  said: { mark: 'bg-busy', text: 'text-ink', name: 'Said' },
  problem: { mark: 'bg-bad', text: 'text-bad', name: 'Problem' },
};

/** One line: when, and what happened. */
export const LogLine = memo(function LogLine({ event }: { event: TaskEvent }) {
  const look = LOOKS[levelOf(event)];
  return (
    <li className="flex gap-2.5 py-0.5 text-[0.8125rem] leading-5 [contain-intrinsic-size:auto_1.5rem] [content-visibility:auto]">
      <time
        dateTime={event.createdAt}
        title={new Date(event.createdAt).toLocaleString()}
        className="shrink-0 font-mono text-ink-faint text-xs leading-5"
      >
        {clock(event.createdAt)}
      </time>
      <span aria-hidden="true" className={cx('mt-[0.44rem] size-1.5 shrink-0 rounded-full', look.mark)} />
      <span
        dir="auto"
        className={cx('line-clamp-6 min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]', look.text)}
      >
        {look.name && <span className="sr-only">{look.name}: </span>}
        {event.message}
      </span>
    </li>
  );
});

function clock(moment: string): string {
  return new Date(moment).toLocaleTimeString('en-GB');
}
