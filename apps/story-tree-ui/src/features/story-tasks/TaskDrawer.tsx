'use client';

import LoaderCircle from 'lucide-react/icons/loader-circle';
import WifiOff from 'lucide-react/icons/wifi-off';
import { useMemo, useRef, useState } from 'react';
import { Kbd, SlideOver, shownStatus } from '../../components/index.ts';
import { Segments, useIsPhone } from '../kit/index.ts';
import { useAllTasks, useLiveStatus, useStoryTasks } from '../live/index.ts';
import { TaskLists } from './list/TaskLists.tsx';
import { useDrawerKeys } from './useDrawerKeys.ts';
import { WorkerNote } from './WorkerNotice.tsx';

const SCOPES = [
  { value: 'story', label: 'This story' },
  { value: 'all', label: 'All' },
] as const;

type Scope = (typeof SCOPES)[number]['value'];

/**
 * Every task: those in progress, failures with what to do, and the history. Beside a page it leaves the page usable; on
 * a phone it covers the whole screen.
 */
export function TaskDrawer({
  open,
  onClose,
  storyId,
  taskId,
}: {
  open: boolean;
  onClose(): void;
  /** The story that the page is about; the drawer then begins with its tasks alone. */
  storyId: string | null;
  /** The task to show expanded. */
  taskId: string | null;
}) {
  const isPhone = useIsPhone();
  const [chosen, setScope] = useState<Scope>('story');
  const start = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isElsewhere = useIsElsewhere(taskId, storyId);
  const scope = storyId === null || isElsewhere ? 'all' : chosen;
  useDrawerKeys(open, list, onClose);
  return (
    <SlideOver
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      modal={isPhone}
      title="Tasks"
      description={<LiveState />}
      actions={
        storyId !== null && <Segments<Scope> label="Tasks of" value={scope} options={SCOPES} onChange={setScope} />
      }
      footer={isPhone ? undefined : <Keys />}
      initialFocus={start}
    >
      {/* The focus starts above the tasks, so that the first step down leads to the first of them. */}
      <div ref={start} tabIndex={-1} className="outline-none">
        <WorkerNote />
      </div>
      <div ref={list}>
        {scope === 'story' && storyId !== null ? (
          <StoryTasks key={storyId} storyId={storyId} wanted={taskId} />
        ) : (
          <AllTasks wanted={taskId} />
        )}
      </div>
    </SlideOver>
  );
}

/** Whether the requested task is known to belong to another story than the page. */
function useIsElsewhere(taskId: string | null, storyId: string | null): boolean {
  const { active, recent } = useAllTasks();
  if (taskId === null) return false;
  const wanted = [...active, ...recent].find(({ id }) => id === taskId);
  return wanted !== undefined && wanted.storyId !== storyId;
}

function Keys() {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-soft text-xs">
      <span>
        <Kbd>j</Kbd> <Kbd>k</Kbd> next, previous
      </span>
      <span>
        <Kbd>Enter</Kbd> open
      </span>
      <span>
        <Kbd>Esc</Kbd> close
      </span>
    </p>
  );
}

/** How many tasks are in progress; or that this may be out of date, while nothing arrives from the server. */
export function LiveState() {
  const status = useLiveStatus();
  const { active } = useAllTasks();
  if (status === 'offline') {
    return (
      <span className="flex items-center gap-1.5 text-warn">
        <WifiOff size={14} className="shrink-0" />
        Not connected: this may be out of date. It will catch up by itself.
      </span>
    );
  }
  if (status === 'connecting') {
    return (
      <span className="flex items-center gap-1.5">
        <LoaderCircle size={14} className="shrink-0 animate-spin" />
        Connecting…
      </span>
    );
  }
  const running = active.filter((task) => shownStatus(task) === 'running').length;
  const waiting = active.length - running;
  if (active.length === 0) return 'Nothing in progress';
  return [...(running > 0 ? [`${running} running`] : []), ...(waiting > 0 ? [`${waiting} waiting`] : [])].join(', ');
}

/**
 * The tasks of all stories. Tasks that ended before some that have not been read yet are left out, so that the list has
 * no gaps.
 */
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
