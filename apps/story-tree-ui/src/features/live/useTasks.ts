'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { TaskPage, TaskSummary } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';
import { useLiveHub } from './LiveProvider.tsx';
import { isOver, summaryOf } from './mergeTasks.ts';
import { readTask } from './readTasks.ts';
import type { TaskStore } from './taskStore.ts';
import { ALL_STORIES, type Topic } from './topics.ts';

const PAGE = 20;
const OVERVIEW_PAGE = 50;
const NO_TASKS: readonly TaskSummary[] = [];

/**
 * One task: read over REST, then kept up to date by live messages. `events` are newest first. `detail` is the REST
 * answer, for the payload and the error; null stands for no task.
 */
export function useTask(taskId: string | null) {
  const { store } = useLiveHub();
  const query = useQuery({
    queryKey: queryKeys.task(taskId ?? ''),
    enabled: taskId !== null,
    queryFn: async ({ signal }) => {
      const detail = await readTask(taskId ?? '', { signal });
      store.add([summaryOf(detail)]);
      store.addEvents(detail.id, detail.events);
      return detail;
    },
  });
  const known = useSyncExternalStore(
    store.subscribe,
    () => (taskId === null ? null : store.get(taskId)),
    () => null,
  );
  const events = useMemo(() => known?.events.toReversed() ?? [], [known]);
  return { ...pick(query), task: known?.task, events, draft: known?.draft, detail: query.data };
}

/** Tasks of one story: those in progress and, newest first, those that have ended, page by page. */
export function useStoryTasks(storyId: string) {
  const { store } = useLiveHub();
  useTopic(storyId);
  const path = `/api/stories/${encodeURIComponent(storyId)}/tasks`;
  const active = useQuery({
    queryKey: [...queryKeys.storyTasks(storyId), 'active'],
    queryFn: ({ signal }) => page(store, `${path}?state=active&limit=100`, signal),
  });
  const recent = usePages([...queryKeys.storyTasks(storyId), 'recent'], `${path}?state=recent&limit=${PAGE}`);
  const tasks = useKnownTasks(storyId);
  return {
    ...tasks,
    isPending: active.isPending || recent.isPending,
    error: active.error ?? recent.error,
    refetch: () => Promise.all([active.refetch(), recent.refetch()]),
    older: olderOf(recent),
  };
}

/**
 * Tasks of all stories: those in progress and, page by page, those that have ended. Of single stories more may be
 * known: `readUntil` is the moment of ending back to which none is missing; null when that is the beginning.
 */
export function useAllTasks() {
  useTopic(ALL_STORIES);
  const query = usePages(queryKeys.allTasks, `/api/story-tasks?limit=${OVERVIEW_PAGE}`);
  const last = query.data?.pages.at(-1);
  const readUntil = last && last.nextCursor !== null ? (last.tasks.at(-1)?.finishedAt ?? null) : null;
  return { ...pick(query), ...useKnownTasks(null), readUntil, older: olderOf(query) };
}

/** Says that the page shows tasks of a topic while the component is mounted. */
function useTopic(topic: Topic): void {
  const { topics } = useLiveHub();
  useEffect(() => topics.want(topic), [topics, topic]);
}

/** The server’s further pages of ended tasks. */
export interface OlderTasks {
  hasMore: boolean;
  isLoading: boolean;
  load(): void;
}

function usePages(queryKey: readonly string[], path: string) {
  const { store } = useLiveHub();
  return useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      page(store, `${path}${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

function olderOf(query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }): OlderTasks {
  return { hasMore: query.hasNextPage, isLoading: query.isFetchingNextPage, load: () => void query.fetchNextPage() };
}

function useKnownTasks(storyId: string | null) {
  const { store } = useLiveHub();
  const all = useSyncExternalStore(store.subscribe, store.all, () => NO_TASKS);
  return useMemo(() => {
    const tasks = storyId === null ? all : all.filter((task) => task.storyId === storyId);
    return { active: tasks.filter((task) => !isOver(task)), recent: tasks.filter(isOver).sort(latestEndFirst) };
  }, [all, storyId]);
}

async function page(store: TaskStore, path: string, signal: AbortSignal): Promise<TaskPage> {
  const answer = await api.get<TaskPage>(path, { signal });
  store.add(answer.tasks);
  return answer;
}

function pick<T>({ isPending, isFetching, error, refetch }: QueryState<T>): QueryState<T> {
  return { isPending, isFetching, error, refetch };
}

interface QueryState<T> {
  isPending: boolean;
  isFetching: boolean;
  error: Error | null;
  refetch(): Promise<T>;
}

function latestEndFirst(a: TaskSummary, b: TaskSummary): number {
  return (b.finishedAt ?? b.createdAt).localeCompare(a.finishedAt ?? a.createdAt);
}
