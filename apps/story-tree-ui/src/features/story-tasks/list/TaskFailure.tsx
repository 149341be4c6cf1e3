'use client';

import BookOpen from 'lucide-react/icons/book-open';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { type FormEvent, useState } from 'react';
import { Button, ButtonLink } from '../../../components/index.ts';
import type { TaskDetail, TaskSummary } from '../../../wire/index.ts';
import {
  FailureNote,
  ForOperators,
  failureAdvice,
  LimitField,
  limitOf,
  openTaskDrawer,
  useRefusalToast,
  useStories,
  useSubmitTask,
} from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { dismissFailure } from '../model/attention.ts';
import { retryRequest } from '../model/retryRequest.ts';
import { useTaskList } from './taskListView.ts';

/** Why a task failed, what to do about it, and a way to try again. */
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
      <ForOperators>
        {detail && error.code === 'budget_reached' && <RaiseLimit detail={detail} events={events} />}
        {detail && canRetry && <RetryTask detail={detail} events={events} label="Try again" />}
      </ForOperators>
      {onStoryPage && storyId !== null && <StoryLink storyId={storyId} />}
      {needsAttention(id) && (
        <Button size="small" variant="ghost" onClick={() => dismissFailure(id)}>
          Dismiss
        </Button>
      )}
    </FailureNote>
  );
}

/** Continues a task that reached its spending limit, with a higher one. */
function RaiseLimit({ detail, events }: { detail: TaskDetail; events: readonly TaskEvent[] }) {
  const { submit, isPending, error } = useSubmitTask();
  const [text, setText] = useState(() => doubled(detail.payload.maxCost));
  useRefusalToast(error);
  const limit = limitOf(text);

  function goOn(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if ('complaint' in limit) return;
    const { maxCost: _, ...payload } = detail.payload;
    const request = retryRequest({ ...detail, payload: { ...payload, ...limit } }, events);
    if (request !== null) void submit(request).then((taskId) => taskId && openTaskDrawer(taskId));
  }

  return (
    <form noValidate onSubmit={goOn} className="w-full space-y-3">
      <LimitField value={text} onChange={setText} />
      <Button type="submit" size="small" icon={RotateCw} loading={isPending}>
        {'maxCost' in limit ? 'Continue with this limit' : 'Continue without a limit'}
      </Button>
    </form>
  );
}

function doubled(limit: unknown): string {
  return typeof limit === 'number' ? String(2 * limit) : '';
}

/** Requests a task again, as a request of its own. */
export function RetryTask({
  detail,
  events,
  label,
}: {
  detail: TaskDetail;
  events: readonly TaskEvent[];
  label: string;
}) {
  const { submit, isPending, error } = useSubmitTask();
  useRefusalToast(error);
  const request = retryRequest(detail, events);
  if (request === null) return null;
  return (
    <Button
      size="small"
      icon={RotateCw}
      loading={isPending}
      onClick={() => void submit(request).then((taskId) => taskId && openTaskDrawer(taskId))}
    >
      {label}
    </Button>
  );
}

/** A link to a task's story; nothing when the story is gone. */
export function StoryLink({ storyId }: { storyId: string }) {
  const { data: stories } = useStories();
  if (stories && !stories.some(({ id }) => id === storyId)) return null;
  return (
    <ButtonLink href={`/story/${encodeURIComponent(storyId)}`} size="small" icon={BookOpen}>
      Open the story
    </ButtonLink>
  );
}
