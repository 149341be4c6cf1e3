'use client';

import ListChecks from 'lucide-react/icons/list-checks';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { buttonClass, cx, shownStatus, Tooltip, useShortcut } from '../../components/index.ts';
import { closeTaskDrawer, openTaskDrawer, useTaskDrawerState } from '../kit/index.ts';
import { useAllTasks } from '../live/index.ts';
import { useTaskNews } from './news/useTaskNews.ts';

const TaskDrawer = dynamic(() => import('./TaskDrawer.tsx').then((module) => module.TaskDrawer), { ssr: false });

/** How many tasks are in progress, wherever one is in the app; opens the drawer that shows them. */
export function TasksButton() {
  const { isOpen, taskId } = useTaskDrawerState();
  const [wasOpen, setWasOpen] = useState(false);
  const storyId = storyIdOf(usePathname());
  useTaskNews(isOpen);
  useShortcut('t', () => openTaskDrawer());
  if (isOpen && !wasOpen) setWasOpen(true);
  return (
    <>
      <DrawerButton isOpen={isOpen} />
      {wasOpen && <TaskDrawer open={isOpen} onClose={closeTaskDrawer} storyId={storyId} taskId={taskId} />}
    </>
  );
}

function DrawerButton({ isOpen }: { isOpen: boolean }) {
  const { active } = useAllTasks();
  const count = active.length;
  const isBusy = active.some((task) => shownStatus(task) === 'running');
  return (
    <Tooltip text="Tasks (T)" side="bottom">
      <button
        type="button"
        aria-label={count === 0 ? 'Tasks' : `Tasks, ${count} in progress`}
        aria-expanded={isOpen}
        aria-keyshortcuts="t"
        onClick={() => (isOpen ? closeTaskDrawer() : openTaskDrawer())}
        className={cx(buttonClass('ghost', 'square'), 'relative')}
      >
        <ListChecks size={18} />
        {count > 0 && (
          <span
            aria-hidden="true"
            className={cx(
              'absolute end-0.5 top-0.5 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent-fill px-1 font-semibold text-[0.65rem] text-on-accent tabular-nums leading-none shadow-[0_0_0_2px_var(--paper)]',
              isBusy && 'animate-breathe',
            )}
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </button>
    </Tooltip>
  );
}

/** The story that a page is about, by its address; null for all other pages. */
export function storyIdOf(pathname: string): string | null {
  return /^\/story\/([^/]+)/.exec(pathname)?.[1] ?? null;
}
