'use client';

import { Progress, Spinner } from '../../components/index.ts';
import { useStoryPage, useStoryWork } from './storyContext.ts';

/** Above what is there already: that more of it is being made at this moment, and how far that is. */
export function MakingNote({ tasks }: { tasks: readonly string[] }) {
  const { detail } = useStoryPage();
  const { latest, task } = useStoryWork();
  if (task?.status !== 'running' || latest === null || !tasks.includes(latest.task)) return null;
  const title = detail.workflow.find((state) => state.task === latest.task)?.title ?? task.displayFields.title;
  const words = latest.total > 1 ? `${title}: ${latest.completed} of ${latest.total}` : title;
  return (
    <div className="flex animate-arrive items-center gap-3 rounded-card bg-busy-wash px-4 py-2.5 text-sm">
      <Spinner className="text-busy" />
      <span className="min-w-0 flex-1 tabular-nums">{words}</span>
      {latest.total > 1 && (
        <div className="w-32 shrink-0 max-sm:hidden">
          <Progress label={words} value={(100 * latest.completed) / latest.total} hideLabel />
        </div>
      )}
    </div>
  );
}
