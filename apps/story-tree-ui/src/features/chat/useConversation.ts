'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { ChatMessage, TaskSummary } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';
import { isOver, mergeEvents, type TaskStore, useLiveHub, useStoryTasks, useTask } from '../live/index.ts';
import { type Asked, type Exchange, exchangesOf } from './exchanges.ts';

const NOTHING: readonly ChatMessage[] = [];

/** A conversation as it stands, and what is in progress in it. */
export interface Conversation {
  exchanges: readonly Exchange[];
  /** The chat that waits or runs. */
  current: TaskSummary | null;
  isPending: boolean;
  error: Error | null;
  refetch(): Promise<unknown>;
}

/**
 * What was said about a story's constitution: read over REST, then kept up to date by live messages. @param sent what
 * was sent from this page and accepted a moment ago
 */
export function useConversation(storyId: string, sent: Asked | null): Conversation {
  const tasks = useChatTasks(storyId);
  const current = tasks.find((task) => !isOver(task)) ?? null;
  const latest = useTask(tasks[0]?.id ?? sent?.taskId ?? null);
  const query = useQuery({
    queryKey: queryKeys.chat(storyId),
    queryFn: async ({ signal }) => {
      const path = `/api/stories/${encodeURIComponent(storyId)}/chat`;
      return (await api.get<{ messages: readonly ChatMessage[] }>(path, { signal })).messages;
    },
  });
  const live = useLiveChat(tasks);
  const { data = NOTHING } = query;
  const exchanges = useMemo(() => {
    const asked = [...(sent ? [sent] : []), ...(latest.detail ? [askedOf(latest.detail)] : [])];
    return exchangesOf(mergeEvents(data, live), tasks, asked);
  }, [data, live, tasks, sent, latest.detail]);
  return { exchanges, current, isPending: query.isPending, error: query.error, refetch: query.refetch };
}

/** The chats of a story that are known: the one under way, then the others, newest first. */
function useChatTasks(storyId: string): readonly TaskSummary[] {
  const { active, recent } = useStoryTasks(storyId);
  return useMemo(
    () =>
      [...active, ...recent]
        .filter(({ operation }) => operation === 'CONSTITUTION_CHAT_UPDATE')
        .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.createdAt.localeCompare(a.createdAt)),
    [active, recent],
  );
}

/** What has been said in these chats since the page was opened. */
function useLiveChat(tasks: readonly TaskSummary[]): readonly ChatMessage[] {
  const { store } = useLiveHub();
  const ids = tasks.map(({ id }) => id).join(' ');
  const read = useMemo(() => createChatReader(store, ids === '' ? [] : ids.split(' ')), [store, ids]);
  return useSyncExternalStore(store.subscribe, read, () => NOTHING);
}

/** Reads the messages; the same array as long as nothing has changed. */
function createChatReader(store: TaskStore, ids: readonly string[]): () => readonly ChatMessage[] {
  let logs: readonly (readonly ChatMessage[])[] = [];
  let said: readonly ChatMessage[] = NOTHING;
  return () => {
    const now = ids.map((id) => store.get(id).events);
    if (now.length === logs.length && now.every((log, index) => log === logs[index])) return said;
    logs = now;
    said = now.flat().filter(({ eventType }) => eventType === 'chat_message');
    return said;
  };
}

function askedOf({ id, payload }: { id: string; payload: Readonly<Record<string, unknown>> }): Asked {
  const turns = Array.isArray(payload.turns) ? payload.turns : [];
  return { taskId: id, turns: turns.filter((turn) => typeof turn === 'string') };
}
