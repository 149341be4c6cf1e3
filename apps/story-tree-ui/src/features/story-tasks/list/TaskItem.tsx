'use client';

import ChevronRight from 'lucide-react/icons/chevron-right';
import { type ReactNode, useId } from 'react';
import { cx, Duration, Elapsed, RelativeTime, shownStatus, TASK_STATUS_LOOK } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { isOver, useTask } from '../../live/index.ts';
import { taskTimes } from '../model/taskTimes.ts';
import { TaskDetails } from './TaskDetails.tsx';
import { TaskFailure } from './TaskFailure.tsx';
import { TaskProgress } from './TaskProgress.tsx';
import { useTaskList } from './taskListView.ts';

/** One task throughout its life: it stays expanded when it ends. */
export function TaskItem({ task }: { task: TaskSummary }) {
  const { needsAttention } = useTaskList();
  if (!isOver(task)) {
    return (
      <TaskRow task={task} aside={<Elapsed since={task.startedAt ?? task.createdAt} />}>
        <TaskProgress task={task} />
      </TaskRow>
    );
  }
  return (
    <TaskRow task={task} aside={<Ending task={task} />}>
      {needsAttention(task.id) && <OpenFailure task={task} />}
    </TaskRow>
  );
}

/** How long an ended task took, and when that was. */
function Ending({ task }: { task: TaskSummary }) {
  const end = task.finishedAt ?? task.createdAt;
  const { ranMs } = taskTimes(task, Date.parse(end));
  return (
    <>
      <span className="block">{ranMs === null ? 'not started' : <Duration milliseconds={ranMs} />}</span>
      <span className="mt-0.5 block text-ink-faint leading-snug">
        <RelativeTime at={end} />
      </span>
    </>
  );
}

/** A failure that nobody has dealt with: what to do about it is shown without a click. */
function OpenFailure({ task }: { task: TaskSummary }) {
  const { detail, events } = useTask(task.id);
  return (
    <div className="px-3.5 pb-3.5">
      <TaskFailure task={task} detail={detail} events={events} />
    </div>
  );
}

const ICON_TONES = {
  queued: 'text-ink-faint',
  running: 'text-busy',
  stalled: 'text-warn',
  succeeded: 'text-good',
  failed: 'text-bad',
  cancelled: 'text-warn',
} as const;

/** One task: a row that expands to everything that is known about it. */
function TaskRow({
  task,
  aside,
  children,
}: {
  task: TaskSummary;
  /** At the end of the line. */
  aside: ReactNode;
  /** Below the line, opened or not. */
  children?: ReactNode;
}) {
  const list = useTaskList();
  const isOpen = list.isOpen(task.id);
  const id = useId();
  const shown = shownStatus(task);
  const { icon: Icon, text } = TASK_STATUS_LOOK[shown];
  return (
    <article data-task={task.id} className="rounded-card border border-line bg-raised">
      <h3 className="font-sans tracking-normal">
        <button
          type="button"
          data-task-row
          aria-expanded={isOpen}
          aria-controls={`${id}-details`}
          onClick={() => list.toggle(task.id)}
          className="group -outline-offset-2! flex w-full items-start gap-3 rounded-card px-3.5 py-3 text-start font-normal text-sm leading-snug"
        >
          <Icon size={18} className={cx('mt-px shrink-0', ICON_TONES[shown], shown === 'running' && 'animate-spin')} />
          <span className="min-w-0 flex-1">
            <span className="sr-only">{text}: </span>
            <span className="font-medium text-ink">{task.displayFields.title}</span>
            <TaskSubject task={task} />
          </span>
          <span className="shrink-0 text-end text-ink-soft text-xs leading-[1.2rem] tabular-nums">{aside}</span>
          <ChevronRight
            size={16}
            className={cx(
              'mt-0.5 shrink-0 text-ink-faint transition-transform group-hover:text-ink',
              isOpen && 'rotate-90',
            )}
          />
        </button>
      </h3>
      {children}
      <div id={`${id}-details`} hidden={!isOpen}>
        {isOpen && <TaskDetails taskId={task.id} />}
      </div>
    </article>
  );
}

/** What a task is about: the story, and its detail where that says more. */
function TaskSubject({ task: { storyId, operation, displayFields } }: { task: TaskSummary }) {
  const storyName = useTaskList().storyName(storyId);
  const { detail } = displayFields;
  // The prompt of a story says little next to its name.
  const hasDetail = detail !== undefined && detail !== storyName && !(storyName && operation === 'CREATE_STORY');
  const parts = [...(storyName ? [storyName] : []), ...(hasDetail ? [detail] : [])];
  if (parts.length === 0) return null;
  return (
    <span dir="auto" className="mt-0.5 line-clamp-1 text-ink-soft text-xs [overflow-wrap:anywhere]">
      {parts.join(' · ')}
    </span>
  );
}
