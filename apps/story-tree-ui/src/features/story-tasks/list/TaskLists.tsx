'use client';

import ListChecks from 'lucide-react/icons/list-checks';
import { type ReactNode, useMemo, useState } from 'react';
import { Button, EmptyState, ErrorState, SkeletonText } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import type { OlderTasks } from '../../live/index.ts';
import { needingAttention, useDismissedFailures } from '../model/attention.ts';
import { TaskItem } from './TaskItem.tsx';
import { TaskListContext, useTaskListView } from './taskListView.ts';

/** How many ended tasks are shown at first, and how many more with each click. */
const STEP = 20;

/** Tasks as far as they are known. */
export interface TaskListData {
  active: readonly TaskSummary[];
  /** Ended ones, the latest end first. */
  recent: readonly TaskSummary[];
  isPending: boolean;
  error: Error | null;
  refetch(): Promise<unknown>;
  older: OlderTasks;
}

/** Tasks in three parts: those in progress, failures that nobody has dealt with, and the history of all others. */
export function TaskLists({
  tasks: { active, recent, isPending, error, refetch, older },
  wanted,
}: {
  tasks: TaskListData;
  /** The task to show expanded, if any. */
  wanted: string | null;
}) {
  const dismissed = useDismissedFailures();
  const failures = useMemo(() => needingAttention([...active, ...recent], dismissed), [active, recent, dismissed]);
  const rest = useMemo(() => recent.filter((task) => !failures.includes(task)), [recent, failures]);
  const [count, setCount] = useState(STEP);
  const view = useTaskListView(failures, wanted);

  function showOlder(): void {
    setCount(count + STEP);
    if (older.hasMore && rest.length < count + STEP) older.load();
  }

  if (active.length + recent.length === 0) {
    if (isPending) return <SkeletonText lines={5} />;
    if (error) return <ErrorState title="The tasks could not be loaded" error={error} onRetry={refetch} />;
    return <NoTasks />;
  }
  return (
    <TaskListContext value={view}>
      <div className="space-y-2">
        {error && <ErrorState title="This may be out of date" error={error} onRetry={refetch} />}
        {/* One list for all parts: a task that moves from one part to another keeps its element. */}
        {[
          ...part('In progress', active, active.length),
          ...part('Failed', failures, failures.length),
          ...part('History', rest.slice(0, count)),
        ]}
      </div>
      {(rest.length > count || older.hasMore) && <OlderButton isLoading={older.isLoading} onClick={showOlder} />}
    </TaskListContext>
  );
}

function part(title: string, tasks: readonly TaskSummary[], count = 0): ReactNode[] {
  const [first] = tasks;
  if (first === undefined) return [];
  return [
    // Named after its first task, so that it is the heading that moves in the page when a task goes to another part: a
    // row that moves would lose how far its log has been scrolled.
    <h2 key={`${title} ${first.id}`} className="mt-7 mb-2.5 flex items-baseline gap-2 text-base first:mt-0">
      {title}
      {count > 1 && <span className="font-normal font-sans text-ink-faint text-xs tabular-nums">{count}</span>}
    </h2>,
    ...tasks.map((task) => <TaskItem key={task.id} task={task} />),
  ];
}

function NoTasks() {
  return (
    <EmptyState icon={ListChecks} title="No tasks yet">
      <p>
        Everything that you ask Story Tree to make appears here: how far along it is, what it is doing and how it ended.
      </p>
    </EmptyState>
  );
}

function OlderButton({ isLoading, onClick }: { isLoading: boolean; onClick(): void }) {
  return (
    <div className="mt-4 text-center">
      <Button size="small" variant="ghost" loading={isLoading} onClick={onClick}>
        Show older tasks
      </Button>
    </div>
  );
}
