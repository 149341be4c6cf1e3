'use client';

import ArrowDown from 'lucide-react/icons/arrow-down';
import { useMemo, useState } from 'react';
import { Button } from '../../../components/index.ts';
import { Scrollable, useFollowTail } from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { LogLine } from './LogLine.tsx';
import { LogTools } from './LogTools.tsx';
import { filterLog, type LogFilter } from './logLines.ts';

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
        <Scrollable label="Lines of the log" className="max-h-80 [overflow-anchor:none]">
          <ol ref={content} className="px-3 py-2">
            {shown.map((event) => (
              <LogLine key={event.id} event={event} />
            ))}
          </ol>
        </Scrollable>
        {shown.length === 0 && (
          <p className="px-3 pb-3 text-ink-soft text-sm">
            {all.length === 0 ? 'Nothing has happened yet.' : 'No line fits.'}
          </p>
        )}
        {!isFollowing && (
          <Button
            size="small"
            icon={ArrowDown}
            onClick={follow}
            className="absolute inset-x-0 bottom-2 mx-auto w-fit shadow-float"
          >
            To the newest line
          </Button>
        )}
      </div>
    </section>
  );
}
