'use client';

import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import { ButtonLink, ErrorState, SkeletonText } from '../../../components/index.ts';
import { ForOperators } from '../../kit/index.ts';
import { isOver, useTask } from '../../live/index.ts';
import { useWholeLog } from '../log/readLog.ts';
import { TaskLog } from '../log/TaskLog.tsx';
import { madeLink } from '../model/madeLink.ts';
import { StageList } from './StageList.tsx';
import { TaskFacts, TaskSpending } from './TaskFacts.tsx';
import { RetryTask, StoryLink, TaskFailure } from './TaskFailure.tsx';
import { useTaskList } from './taskListView.ts';

/** Everything that is known about one task. */
export function TaskDetails({ taskId }: { taskId: string }) {
  const { task, events, detail, error, refetch, isFetching } = useTask(taskId);
  const { needsAttention } = useTaskList();
  useWholeLog(taskId, events);
  if (!task || !detail) {
    return (
      <div className="border-line border-t px-3.5 py-4">
        {error && !isFetching ? (
          <ErrorState title="This task could not be loaded" error={error} onRetry={refetch} />
        ) : (
          <SkeletonText lines={4} />
        )}
      </div>
    );
  }
  const made = madeLink({ ...task, payload: detail.payload });
  return (
    <div className="animate-arrive space-y-4 border-line border-t px-3.5 py-4">
      {task.status === 'failed' && !needsAttention(taskId) && (
        <TaskFailure task={task} detail={detail} events={events} />
      )}
      <TaskFacts task={task} />
      <TaskSpending task={task} detail={detail} events={events} refetch={refetch} />
      <StageList events={events} isOver={isOver(task)} />
      <TaskLog taskId={taskId} events={events} />
      <Request payload={detail.payload} />
      <div className="flex flex-wrap gap-2">
        {made && (
          <ButtonLink href={made.href} size="small" variant="primary" icon={ArrowUpRight}>
            {made.label}
          </ButtonLink>
        )}
        <ForOperators>
          {task.status === 'cancelled' && <RetryTask detail={detail} events={events} label="Run it again" />}
        </ForOperators>
        {task.storyId && task.operation !== 'DELETE_STORY' && <StoryLink storyId={task.storyId} />}
      </div>
    </div>
  );
}

/** The request, verbatim. */
function Request({ payload }: { payload: object }) {
  if (Object.keys(payload).length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="w-fit rounded text-ink-soft hover:text-ink">What was requested</summary>
      <pre
        dir="auto"
        className="mt-2 max-h-60 overflow-auto whitespace-pre-wrap rounded-control bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere]"
      >
        {JSON.stringify(payload, null, 2)}
      </pre>
    </details>
  );
}
