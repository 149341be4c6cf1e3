import ArrowRight from 'lucide-react/icons/arrow-right';
import { useEffect, useRef } from 'react';
import { Button, ButtonLink, ErrorState, Progress, SkeletonText, StatusBadge } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { isOver, type useTask } from '../live/index.ts';
import { LogTail } from './LogTail.tsx';

export const PROGRESS_TITLES: Record<TaskSummary['status'], string> = {
  queued: 'Your story begins soon',
  running: 'Your story grows',
  succeeded: 'Your story is there',
  failed: 'Your story got stuck',
  cancelled: 'Your story was stopped',
};

const TONES = { queued: 'idle', running: 'busy', succeeded: 'good', failed: 'bad', cancelled: 'idle' } as const;

/** How the making of a new story goes on, live. The focus comes here, since the form that had it is gone. */
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
            <StatusBadge status={task.status} />
            <p className="min-w-0 flex-1 truncate text-sm" aria-live="polite">
              {events[0]?.message ?? 'Waiting for a worker'}
            </p>
          </div>
          <Progress label="Progress" value={task.progress} tone={TONES[task.status]} />
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
        <p className="me-auto text-ink-soft text-sm">You can close this: the work goes on without you.</p>
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
