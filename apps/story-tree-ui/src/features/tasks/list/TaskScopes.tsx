'use client';

import { useAllTasks, useStoryTasks } from '../../live/index.ts';
import { TaskLists } from './TaskLists.tsx';

/** The tasks of all stories, as far back as the server tells of all at once. */
export function AllTasks({ wanted }: { wanted: string | null }) {
  return <TaskLists tasks={useAllTasks()} wanted={wanted} older={null} />;
}

/** The tasks of one story; older pages of its history are read when they are asked for. */
export function StoryTasks({ storyId, wanted }: { storyId: string; wanted: string | null }) {
  const tasks = useStoryTasks(storyId);
  const { hasMore, isLoadingMore: isLoading, loadMore } = tasks;
  return <TaskLists tasks={tasks} wanted={wanted} older={{ hasMore, isLoading, load: () => void loadMore() }} />;
}
