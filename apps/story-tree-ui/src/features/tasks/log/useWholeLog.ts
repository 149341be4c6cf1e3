'use client';

import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../client/index.ts';
import { type TaskEvent, useLiveHub } from '../../live/index.ts';
import { readLog } from './readLog.ts';

/** Lines that the REST answer of a task has at most: whoever has fewer has all. */
const PAGE = 200;

/**
 * Sees to it that a long log is known from its first line on, also after something was missed. `events` are newest first;
 * the lines that are added come by the same way as these.
 */
export function useWholeLog(taskId: string, events: readonly TaskEvent[]): void {
  const { store } = useLiveHub();
  useQuery({
    // Below the task, so that it is read again whenever the task has to be.
    queryKey: [...queryKeys.task(taskId), 'log'],
    enabled: events.length >= PAGE,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const log = await readLog(taskId, events[0]?.id ?? '0', signal);
      store.addEvents(taskId, log);
      return log.length;
    },
  });
}
