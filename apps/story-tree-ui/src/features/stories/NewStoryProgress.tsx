'use client';

import ArrowRight from 'lucide-react/icons/arrow-right';
import { useEffect, useRef } from 'react';
import {
  Button,
  ButtonLink,
  cx,
  ErrorState,
  Progress,
  SkeletonText,
  StatusBadge,
  shownStatus,
} from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { progressTone } from '../kit/index.ts';
import { isOver, type TaskEvent, type useTask } from '../live/index.ts';

export const PROGRESS_TITLES: Record<TaskSummary['status'], string> = {
  queued: 'Your story will begin soon',
  running: 'Your story is growing',
  succeeded: 'Your story is ready',
  failed: 'Your story got stuck',
  cancelled: 'Your story was stopped',
};

/** The progress of a new story, live. The focus moves here, since the form that had it is gone. */
export function NewStoryProgress({ task, events, error, refetch }: ReturnType<typeof useTask>) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <section ref={region} tabIndex={-1} aria-label="Progress" className="space-y-5 outline-none">
      {error && !task && <ErrorState error={error} onRetry={() => refetch()} />}
      {!task && !error && <SkeletonText lines={4} />}
      {task && (
        <>
          <div className="flex items-center gap-4">
            <StatusBadge status={shownStatus(task)} stopping={task.cancelRequestedAt !== null} />
            <p className="min-w-0 flex-1 truncate text-sm" aria-live="polite">
              {events[0]?.message ?? 'Waiting for a worker'}
            </p>
          </div>
          <Progress label="Progress" value={task.progress} tone={progressTone(task)} />
          {task.error && <ErrorState title="What went wrong" error={task.error} />}
          <LogTail events={events} />
        </>
      )}
    </section>
  );
}

export function ProgressFooter({ task, onClose }: { task: TaskSummary | undefined; onClose(): void }) {
  return (
    <>
      {task && !isOver(task) && (
        <p className="me-auto text-ink-soft text-sm">You can close this: the work continues without you.</p>
      )}
      <Button variant="ghost" onClick={onClose}>
        Close
      </Button>
      {task?.storyId && (
        <ButtonLink href={`/story/${task.storyId}`} variant="primary" icon={ArrowRight} onClick={onClose}>
          Open the story
        </ButtonLink>
      )}
    </>
  );
}

const LINES = 8;

/** The last lines of a task's log, newest first, each with its time. */
function LogTail({ events }: { events: readonly TaskEvent[] }) {
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
