'use client';

import type { StoryTaskRequest } from '@story-tree/domain';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { toast } from '../../components/index.ts';
import { type ApiError, api, queryKeys } from '../client/index.ts';

interface Intent {
  body: string;
  key: string;
  answer: Promise<string | null> | null;
}

/**
 * Submits story tasks. `submit` resolves to the task's id, or to null when it was refused: then `error` says why. The
 * same request while one is under way, or after one that failed, is the same intent and carries the same idempotency
 * key: a double click, or a retry after a lost response, creates one task. After a success a new intent begins.
 */
export function useSubmitTask() {
  const queryClient = useQueryClient();
  const intent = useRef<Intent | null>(null);
  const { mutateAsync, isPending, error, reset } = useMutation<{ taskId: string }, ApiError, SubmittedRequest>({
    mutationFn: ({ request, key }) =>
      api.post<{ taskId: string }>('/api/story-tasks', request, { idempotencyKey: key }),
    onSuccess: (_answer, { request }) => {
      intent.current = null;
      // A story that is about to be deleted is not read again.
      const storyId = request.operation === 'DELETE_STORY' ? undefined : request.storyId;
      const keys = [queryKeys.stories, queryKeys.tasks, ...(storyId === undefined ? [] : [queryKeys.story(storyId)])];
      for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
    },
  });

  function submit(request: StoryTaskRequest): Promise<string | null> {
    const body = JSON.stringify(request);
    if (intent.current?.body === body && intent.current.answer) return intent.current.answer;
    const key = intent.current?.body === body ? intent.current.key : crypto.randomUUID();
    const answer = mutateAsync({ request, key }).then(
      ({ taskId }) => taskId,
      () => {
        if (intent.current?.key === key) intent.current.answer = null;
        return null;
      },
    );
    intent.current = { body, key, answer };
    return answer;
  }

  return { submit, isPending, error, reset };
}

interface SubmittedRequest {
  request: StoryTaskRequest;
  key: string;
}

/** Shows a refusal of `submit` as a toast, for places that have no room of their own for it. */
export function useRefusalToast(error: ApiError | null): void {
  useEffect(() => {
    if (error) toast.error('The request was refused', { description: error.message });
  }, [error]);
}
