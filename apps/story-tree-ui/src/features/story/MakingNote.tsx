'use client';

import { Progress, Spinner } from '../../components/index.ts';
import { useStoryWork } from './storyContext.ts';

/** Above what is there already: that more of it is being made at this moment, and how far that is. */
export function MakingNote({ tasks }: { tasks: readonly string[] }) {
  const { latest, task } = useStoryWork();
  if (task?.status !== 'running' || latest === null || !tasks.includes(latest.task)) return null;
  return (
    <div className="flex animate-arrive items-center gap-4 rounded-card bg-busy-wash px-4 py-3 text-sm">
      <Spinner className="text-busy" />
      <span dir="auto" className="min-w-0 flex-1">
        {latest.message}
      </span>
      {latest.total > 1 && (
        <>
          <span className="text-ink-soft tabular-nums">
            {latest.completed} of {latest.total}
          </span>
          <Progress
            label={latest.message}
            value={(100 * latest.completed) / latest.total}
            hideLabel
            className="hidden w-32 sm:block"
          />
        </>
      )}
    </div>
  );
}
