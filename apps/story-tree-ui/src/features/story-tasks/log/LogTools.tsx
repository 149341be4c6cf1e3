'use client';

import Download from 'lucide-react/icons/download';
import Search from 'lucide-react/icons/search';
import { CopyButton, cx, IconButton, saveText } from '../../../components/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { LOG_FILTERS, type LogFilter, logText } from './logLines.ts';

/** The tools of a log: search, filter, copy and download. */
export function LogTools({
  taskId,
  shown,
  filter,
  onFilter,
  search,
  onSearch,
}: {
  taskId: string;
  shown: readonly TaskEvent[];
  filter: LogFilter;
  onFilter(filter: LogFilter): void;
  search: string;
  onSearch(search: string): void;
}) {
  return (
    <div className="space-y-1.5 border-line border-b bg-raised px-2 py-2">
      <div className="flex items-center gap-1">
        <label className="relative min-w-0 flex-1">
          <span className="sr-only">Search the log</span>
          <Search size={14} className="pointer-events-none absolute start-2.5 top-2.5 text-ink-faint" />
          <input
            type="search"
            dir="auto"
            value={search}
            placeholder="Search the log"
            onChange={(event) => onSearch(event.target.value)}
            className="h-8.5 w-full rounded-control bg-sunken ps-8 pe-2 text-base sm:text-sm"
          />
        </label>
        <CopyButton iconOnly label="Copy the log" text={() => logText(shown)} />
        <IconButton
          label="Download the log"
          icon={Download}
          size="small"
          onClick={() => saveText(`story-task-${taskId}.log`, logText(shown), 'text/plain')}
        />
      </div>
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Lines to show</legend>
        {LOG_FILTERS.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={value === filter}
            onClick={() => onFilter(value)}
            className={cx(
              'rounded-full px-2.5 py-0.5 text-xs transition-colors',
              value === filter
                ? 'bg-accent-wash font-medium text-accent'
                : 'text-ink-soft hover:bg-sunken hover:text-ink',
            )}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
