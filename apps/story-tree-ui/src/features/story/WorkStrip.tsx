'use client';

import { Elapsed, Progress, StatusBadge } from '../../components/index.ts';
import { useStoryWork } from './storyContext.ts';

/** The task that holds the story, as far as it has come. */
export function WorkStrip() {
  const { task, latest } = useStoryWork();
  if (task === null) return null;
  const { displayFields, status, progress, startedAt, cancelRequestedAt } = task;
  return (
    <section
      aria-label="Task that goes on"
      className="animate-arrive space-y-2 rounded-card border border-line bg-sheet px-4 py-3 shadow-card"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <StatusBadge status={status} stopping={cancelRequestedAt !== null} />
        <span className="font-medium">{displayFields.title}</span>
        <span dir="auto" className="min-w-0 flex-1 truncate text-ink-soft">
          {latest?.message ?? displayFields.detail}
        </span>
        <span className="text-ink-soft tabular-nums">
          {startedAt && (
            <>
              <Elapsed since={startedAt} /> · {progress} %
            </>
          )}
        </span>
      </div>
      <Progress label={displayFields.title} value={status === 'queued' ? null : progress} hideLabel />
    </section>
  );
}
