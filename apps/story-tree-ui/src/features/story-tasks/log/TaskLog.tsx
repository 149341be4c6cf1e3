'use client';

import ArrowDown from 'lucide-react/icons/arrow-down';
import { memo, useMemo, useState } from 'react';
import { Button, cx } from '../../../components/index.ts';
import { Scrollable, useFollowTail } from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { LogTools } from './LogTools.tsx';
import { filterLog, type LogFilter, type LogLevel, levelOf } from './logLines.ts';

/** A task's log as it grows. `events` are newest first, as the server gives them; the log reads downwards. */
export function TaskLog({ taskId, events }: { taskId: string; events: readonly TaskEvent[] }) {
  const [filter, setFilter] = useState<LogFilter>('all');
  const [search, setSearch] = useState('');
  const all = useMemo(() => events.toReversed(), [events]);
  const shown = useMemo(() => filterLog(all, filter, search), [all, filter, search]);
  const { content, isFollowing, follow } = useFollowTail<HTMLOListElement>();
  return (
    <section aria-label="Log" className="overflow-hidden rounded-control border border-line bg-sunken">
      <LogTools
        taskId={taskId}
        shown={shown}
        filter={filter}
        onFilter={setFilter}
        search={search}
        onSearch={setSearch}
      />
      <div className="relative">
        <Scrollable label="Log lines" className="max-h-80 [overflow-anchor:none]">
          <ol ref={content} className="px-3 py-2">
            {shown.map((event) => (
              <LogLine key={event.id} event={event} />
            ))}
          </ol>
        </Scrollable>
        {shown.length === 0 && (
          <p className="px-3 pb-3 text-ink-soft text-sm">
            {all.length === 0 ? 'Nothing has happened yet.' : 'No lines match.'}
          </p>
        )}
        {!isFollowing && (
          <Button
            size="small"
            icon={ArrowDown}
            onClick={follow}
            className="absolute inset-x-0 bottom-2 mx-auto w-fit shadow-float"
          >
            Jump to the newest line
          </Button>
        )}
      </div>
    </section>
  );
}

const LOOKS: Record<LogLevel, { mark: string; text: string; name: string }> = {
  progress: { mark: 'bg-accent-fill', text: 'text-ink', name: '' },
  note: { mark: 'bg-line-strong', text: 'text-ink-soft', name: '' },
  said: { mark: 'bg-busy', text: 'text-ink', name: 'Said' },
  problem: { mark: 'bg-bad', text: 'text-bad', name: 'Problem' },
};

/** One line: when, and what happened. */
const LogLine = memo(function LogLine({ event }: { event: TaskEvent }) {
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
