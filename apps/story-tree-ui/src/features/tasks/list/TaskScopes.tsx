'use client';

import { useMemo } from 'react';
import { useAllTasks, useStoryTasks } from '../../live/index.ts';
import { TaskLists } from './TaskLists.tsx';

/** The tasks of all stories. Those that ended before any that were not read yet are left out, so that none comes between. */
export function AllTasks({ wanted }: { wanted: string | null }) {
  const { readUntil, ...tasks } = useAllTasks();
  const recent = useMemo(
    () => tasks.recent.filter(({ finishedAt }) => readUntil === null || (finishedAt ?? '') >= readUntil),
    [tasks.recent, readUntil],
  );
  return <TaskLists tasks={{ ...tasks, recent }} wanted={wanted} />;
}

/** The tasks of one story. */
export function StoryTasks({ storyId, wanted }: { storyId: string; wanted: string | null }) {
  return <TaskLists tasks={useStoryTasks(storyId)} wanted={wanted} />;
}
