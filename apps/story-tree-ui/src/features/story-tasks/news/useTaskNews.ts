'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import type { TaskSummary } from '../../../wire/index.ts';
import { announce, isWatched } from '../../kit/index.ts';
import { useAllTasks, useLiveHub, useTaskMessages } from '../../live/index.ts';
import { createIdMemory } from '../idMemory.ts';
import { createEndingWatch, readLastWord } from './endings.ts';
import { endingSentence, toastEnding, toastEndings } from './tellEnding.ts';

/** More ends than this at once are combined in one toast. */
const TOLD_ONE_BY_ONE = 3;

/**
 * Reports how tasks end: in one of all tabs, the first that becomes visible. What ends in the open drawer is only
 * announced; what is watched elsewhere is reported there.
 */
export function useTaskNews(isDrawerOpen: boolean): void {
  const router = useRouter();
  const { store } = useLiveHub();
  const { active, recent } = useAllTasks();
  const [watch] = useState(createEndingWatch);
  const [untold] = useState<TaskSummary[]>([]);
  useTaskMessages(({ task }) => watch.note(task));

  const tell = useEffectEvent(async () => {
    if (document.visibilityState === 'hidden') return;
    const news: TaskSummary[] = [];
    for (const task of untold.splice(0)) if (await claimNews(task.id)) news.push(task);
    const unwatched = news.filter(({ id }) => !isWatched(id));
    if (!isDrawerOpen && unwatched.length > TOLD_ONE_BY_ONE) return toastEndings(unwatched);
    for (const task of unwatched) {
      const word = await readLastWord(task, store);
      if (isDrawerOpen) announce(endingSentence(task, word));
      else toastEnding(task, word, router.push);
    }
  });

  useEffect(() => {
    untold.push(...watch.look(active, recent));
    if (untold.length > 0) void tell();
  }, [active, recent, watch, untold]);

  useEffect(() => {
    const look = () => void tell();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
}

const NAME = 'story-tree-told-tasks';
const memory = createIdMemory(NAME);

/** Claims the reporting of a task's end. @returns false when another tab, or this one, has reported it already */
function claimNews(taskId: string): Promise<boolean> {
  const claim = () => {
    if (memory.all().has(taskId)) return false;
    memory.add(taskId);
    return true;
  };
  // Without locks, as on pages over plain HTTP, two tabs might in rare cases report the same task.
  return navigator.locks ? navigator.locks.request(NAME, claim) : Promise.resolve(claim());
}
