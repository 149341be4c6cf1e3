'use client';

import { useMemo } from 'react';
import type { TaskSummary } from '../../wire/index.ts';
import { useStoryTasks, useTask } from '../live/index.ts';
import { isMade, makingNow } from '../storyboard/model/making.ts';
import type { StoryWork } from './storyContext.ts';
import { unitProgressOf } from './unitProgress.ts';

/** Follows the task that holds a story. */
export function useWorkOn(storyId: string): StoryWork {
  const { active } = useStoryTasks(storyId);
  const task = holderOf(active);
  const { events } = useTask(task?.id ?? null);
  return useMemo(() => {
    const told = events.map(unitProgressOf).filter((progress) => progress !== null);
    const making = makingNow(told.toReversed());
    return {
      task,
      lock: task && lockReason(task),
      latest: told[0] ?? null,
      isMaking: (workflowTask, unit) => isMade(making, workflowTask, unit),
    };
  }, [task, events]);
}

/** The one that runs, else the one that waits longest. Tasks that leave others alone are done when they are asked for. */
function holderOf(active: readonly TaskSummary[]): TaskSummary | null {
  return active.find(({ status }) => status === 'running') ?? active.at(-1) ?? null;
}

function lockReason({ displayFields, status }: TaskSummary): string {
  const doing = status === 'running' ? 'is running' : 'is waiting to run';
  return `“${displayFields.title}” ${doing}. Wait until it is done, or cancel it.`;
}
