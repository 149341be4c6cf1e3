'use client';

import { useQuery } from '@tanstack/react-query';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { LOG_PAGE, type TaskMessage } from '../../../wire/index.ts';
import { queryKeys } from '../../client/index.ts';
import { compareIds, type TaskEvent, useLiveHub } from '../../live/index.ts';

/**
 * A task's log from its first line, oldest first. The stream of a task begins there; its REST answer has only the newest
 * lines.
 * @param until the id of the last line that is wanted: a task under way has no end yet
 * @throws Error when the server refuses
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
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let message = await reader.read(); !message.done; message = await reader.read()) {
      const { event, data } = message.value;
      if (event !== 'task') continue;
      const line = (JSON.parse(data) as TaskMessage).event;
      events.push(line);
      if (compareIds(line.id, until) >= 0) break;
    }
    return events;
  } finally {
    enough.abort();
  }
}

/**
 * Makes sure that a long log is known from its first line, also after something was missed. `events` are newest first;
 * lines that are read reach the caller the same way as these.
 */
export function useWholeLog(taskId: string, events: readonly TaskEvent[]): void {
  const { store } = useLiveHub();
  useQuery({
    // Below the task, so that it is read again whenever the task is.
    queryKey: [...queryKeys.task(taskId), 'log'],
    enabled: events.length >= LOG_PAGE,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const log = await readLog(taskId, events[0]?.id ?? '0', signal);
      store.addEvents(taskId, log);
      return log.length;
    },
  });
}
