'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import type { TaskPage } from '../../wire/index.ts';
import { queryKeys } from '../client/index.ts';
import { createLiveHub, type LiveHub } from './liveHub.ts';
import type { LiveTransport } from './liveTransport.ts';

const Context = createContext<LiveHub | null>(null);

/** Keeps the page informed about tasks. */
export function LiveProvider({
  transport,
  initial,
  children,
}: {
  transport: LiveTransport;
  /** All tasks when the server rendered the page; null when it could not tell. */
  initial: TaskPage | null;
  children: ReactNode;
}) {
  const queryClient = useQueryClient();
  const [hub] = useState(() => {
    const created = createLiveHub(queryClient);
    if (initial === null) return created;
    created.store.add(initial.tasks);
    queryClient.setQueryData(queryKeys.allTasks, { pages: [initial], pageParams: [''] });
    return created;
  });
  const after = initial?.cursor ?? null;
  useEffect(() => {
    const stop = new AbortController();
    transport.run({ sink: hub.sink, after, topics: hub.topics, signal: stop.signal });
    return () => stop.abort();
  }, [transport, hub, after]);
  return <Context value={hub}>{children}</Context>;
}

/** The one hub of the page. */
export function useLiveHub(): LiveHub {
  const hub = use(Context);
  if (!hub) throw new Error('useLiveHub is for components inside LiveProvider.');
  return hub;
}
