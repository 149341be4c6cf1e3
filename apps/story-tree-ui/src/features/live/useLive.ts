'use client';

import type { ChatDraft } from '@story-tree/domain';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { TaskMessage } from '../../wire/index.ts';
import { useLiveHub } from './LiveProvider.tsx';
import type { LiveStatus } from './liveTransport.ts';

/** Whether live messages about tasks are arriving. */
export function useLiveStatus(): LiveStatus {
  const hub = useLiveHub();
  return useSyncExternalStore(hub.onStatus, hub.status, () => 'connecting');
}

/** Calls back with each live event of any task while the component is mounted: each once, in order. */
export function useTaskMessages(listener: (message: TaskMessage) => void): void {
  const hub = useLiveHub();
  const onMessage = useEffectEvent(listener);
  useEffect(() => hub.onMessage((message) => onMessage(message)), [hub]);
}

/** What a model has said so far in the current turn of a chat; undefined between turns. */
export function useChatDraft(taskId: string | null): ChatDraft | undefined {
  const { store } = useLiveHub();
  const read = () => (taskId === null ? undefined : store.get(taskId).draft);
  return useSyncExternalStore(store.subscribe, read, () => undefined);
}
