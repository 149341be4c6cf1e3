import type { QueryClient } from '@tanstack/react-query';
import type { TaskMessage } from '../../wire/index.ts';
import { queryKeys } from '../client/index.ts';
import type { LiveSink, LiveStatus } from './liveTransport.ts';
import { catchUp } from './readTasks.ts';
import { createStoryRefresh } from './storyRefresh.ts';
import { createTaskStore, type TaskStore } from './taskStore.ts';
import { createTopics } from './topics.ts';

/** How many event ids are remembered, so that none is delivered twice. */
const MEMORY = 5_000;

/** Where a page's live messages are collected and distributed. */
export interface LiveHub {
  store: TaskStore;
  sink: LiveSink;
  /** What the page shows now, and saying so. */
  topics: ReturnType<typeof createTopics>;
  status(): LiveStatus;
  onStatus(listener: () => void): () => void;
  /** Calls back with each event from now on, once. */
  onMessage(listener: (message: TaskMessage) => void): () => void;
}

export function createLiveHub(queryClient: QueryClient): LiveHub {
  const store = createTaskStore();
  const refresh = createStoryRefresh(queryClient);
  const messageListeners = new Set<(message: TaskMessage) => void>();
  const statusListeners = new Set<() => void>();
  const told = new Set<string>();
  let status: LiveStatus = 'connecting';
  let resyncs = 0;

  function isNew(id: string): boolean {
    if (told.has(id)) return false;
    told.add(id);
    const [oldest] = told;
    if (told.size > MEMORY && oldest !== undefined) told.delete(oldest);
    return true;
  }

  /** Ids are given a second time. */
  function forget(): void {
    told.clear();
    store.clear();
  }

  const sink: LiveSink = {
    message(message) {
      if (message.kind === 'resync') {
        if (message.cursor !== undefined) forget();
        for (const queryKey of [queryKeys.tasks, queryKeys.stories, queryKeys.everyStory]) {
          void queryClient.invalidateQueries({ queryKey });
        }
        resyncs += 1;
        void queryClient.prefetchQuery({
          // A new key each time: a read that is under way may be too old.
          queryKey: queryKeys.unfinishedTasks(resyncs),
          queryFn: () => catchUp(store),
          retry: 3,
          gcTime: 0,
        });
        return;
      }
      if (message.kind === 'draft') return store.addDraft(message.draft);
      store.add([message.task]);
      if (message.event === null || !isNew(message.event.id)) return;
      store.addEvents(message.task.id, [message.event]);
      refresh.note(message.task, message.event);
      for (const listener of messageListeners) listener({ task: message.task, event: message.event });
    },
    status(next) {
      if (next === status) return;
      const wasOffline = status === 'offline';
      status = next;
      // Tasks catch up by themselves; what else the page shows may have failed to load meanwhile.
      if (wasOffline && next === 'live') void queryClient.invalidateQueries();
      for (const listener of statusListeners) listener();
    },
    pulse: () => undefined,
  };

  return {
    store,
    sink,
    topics: createTopics(),
    status: () => status,
    onStatus: (listener) => added(statusListeners, listener),
    onMessage: (listener) => added(messageListeners, listener),
  };
}

function added<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => set.delete(item);
}
