'use client';

import { Button } from '../../../components/index.ts';
import type { TaskDetail, TaskSummary } from '../../../wire/index.ts';
import { FailureNote, failureAdvice } from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { dismissFailure } from '../model/dismissed.ts';
import { RaiseLimit } from './RaiseLimit.tsx';
import { RetryTask } from './RetryTask.tsx';
import { StoryLink } from './StoryLink.tsx';
import { useTaskList } from './taskListContext.ts';

/** Why a task failed, what to do about that, and the way to try again. */
export function TaskFailure({
  task: { id, storyId, error },
  detail,
  events,
}: {
  task: Pick<TaskSummary, 'id' | 'storyId' | 'error'>;
  /** Undefined until it is read. */
  detail: TaskDetail | undefined;
  events: readonly TaskEvent[];
}) {
  const { needsAttention } = useTaskList();
  if (error === null) return null;
  const { canRetry, onStoryPage } = failureAdvice(error.code);
  return (
    <FailureNote error={error}>
      {detail && error.code === 'budget_reached' && <RaiseLimit detail={detail} events={events} />}
      {detail && canRetry && <RetryTask detail={detail} events={events} label="Try again" />}
      {onStoryPage && storyId !== null && <StoryLink storyId={storyId} />}
      {needsAttention(id) && (
        <Button size="small" variant="ghost" onClick={() => dismissFailure(id)}>
          Put aside
        </Button>
      )}
    </FailureNote>
  );
}
