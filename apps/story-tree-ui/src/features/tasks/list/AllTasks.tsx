'use client';

import { useState } from 'react';
import { useAllTasks } from '../../live/index.ts';
import { EndedTask } from './EndedTask.tsx';
import { OlderButton, Part, TaskLists } from './TaskLists.tsx';

const STEP = 20;

/** The tasks of all stories, as far back as the server tells of all at once. */
export function AllTasks({ wanted }: { wanted: string | null }) {
  const tasks = useAllTasks();
  const [count, setCount] = useState(STEP);
  return (
    <TaskLists
      tasks={tasks}
      wanted={wanted}
      history={(rest) => (
        <Part title="History">
          {rest.slice(0, count).map((task) => (
            <EndedTask key={task.id} task={task} />
          ))}
          {rest.length > count ? (
            <OlderButton isLoading={false} onClick={() => setCount(count + STEP)} />
          ) : (
            rest.length >= STEP && (
              <li className="pt-2 text-center text-ink-faint text-xs">
                Each story’s page has the whole history of its tasks.
              </li>
            )
          )}
        </Part>
      )}
    />
  );
}
