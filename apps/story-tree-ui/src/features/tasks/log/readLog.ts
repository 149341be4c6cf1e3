'use client';

import { useQuery } from '@tanstack/react-query';
import type { TaskMessage } from '../../../wire/index.ts';
import { queryKeys } from '../../client/index.ts';
import { compareIds, createEventParser, type TaskEvent, useLiveHub } from '../../live/index.ts';

/**
 * A task's log from its first line on, oldest first. The stream of a task begins there, unlike its REST answer, which has
 * the newest lines alone.
 * @param until the id of the last line that is wanted: a task that goes on has no end yet
 * @throws Error when the server does not give it
 */
export async function readLog(taskId: string, until: string, signal: AbortSignal): Promise<TaskEvent[]> {
  const enough = new AbortController();
  const response = await fetch(`/api/story-tasks/${encodeURIComponent(taskId)}/events`, {
    headers: { accept: 'text/event-stream' },
    cache: 'no-store',
    signal: AbortSignal.any([signal, enough.signal]),
  });
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const events: TaskEvent[] = [];
  const parse = createEventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (const { event, data } of parse(piece.value)) {
        if (event === 'task') events.push((JSON.parse(data) as TaskMessage).event);
      }
      const last = events.at(-1);
      if (last && compareIds(last.id, until) >= 0) break;
    }
    return events;
  } finally {
    enough.abort();
  }
}

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
