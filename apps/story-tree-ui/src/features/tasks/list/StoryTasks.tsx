'use client';

import { useState } from 'react';
import { useStoryTasks } from '../../live/index.ts';
import { EndedTask } from './EndedTask.tsx';
import { OlderButton, Part, TaskLists } from './TaskLists.tsx';

const STEP = 20;

/** The tasks of one story; older pages of its history are read when they are asked for. */
export function StoryTasks({ storyId, wanted }: { storyId: string; wanted: string | null }) {
  const tasks = useStoryTasks(storyId);
  const [count, setCount] = useState(STEP);

  function showOlder(): void {
    setCount(count + STEP);
    if (tasks.hasMore) void tasks.loadMore();
  }

  return (
    <TaskLists
      tasks={tasks}
      wanted={wanted}
      history={(rest) => (
        <Part title="History">
          {rest.slice(0, count).map((task) => (
            <EndedTask key={task.id} task={task} />
          ))}
          {(rest.length > count || tasks.hasMore) && (
            <OlderButton isLoading={tasks.isLoadingMore} onClick={showOlder} />
          )}
        </Part>
      )}
    />
  );
}
