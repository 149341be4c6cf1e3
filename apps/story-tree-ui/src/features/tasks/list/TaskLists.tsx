'use client';

import ListChecks from 'lucide-react/icons/list-checks';
import { type ReactNode, useMemo } from 'react';
import { Button, EmptyState, ErrorState, SkeletonText } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { useStories } from '../../stories/index.ts';
import { needingAttention } from '../failure/attention.ts';
import { useDismissedFailures } from '../failure/dismissed.ts';
import { ActiveTask } from './ActiveTask.tsx';
import { FailedTask } from './EndedTask.tsx';
import { TaskListContext, type TaskListView } from './taskListContext.ts';
import { useOpenTasks } from './useOpenTasks.ts';

/** Tasks as far as they are known, and how to come by more. */
export interface TaskListData {
  active: readonly TaskSummary[];
  /** Ended ones, the latest end first. */
  recent: readonly TaskSummary[];
  isPending: boolean;
  error: Error | null;
  refetch(): Promise<unknown>;
}

/** Tasks in three parts: those that go on, failures that nobody has dealt with, and the history of all others. */
export function TaskLists({
  tasks: { active, recent, isPending, error, refetch },
  wanted,
  history,
}: {
  tasks: TaskListData;
  /** The task to show opened, if any. */
  wanted: string | null;
  /** Around the ended tasks, for more of them. */
  history(rest: readonly TaskSummary[]): ReactNode;
}) {
  const dismissed = useDismissedFailures();
  const failures = useMemo(() => needingAttention([...active, ...recent], dismissed), [active, recent, dismissed]);
  const rest = useMemo(() => recent.filter((task) => !failures.includes(task)), [recent, failures]);
  const view = useView(failures, wanted);
  const isEmpty = active.length + recent.length === 0;

  if (isEmpty && isPending) return <SkeletonText lines={5} />;
  if (isEmpty && error) return <ErrorState title="The tasks could not be read" error={error} onRetry={refetch} />;
  if (isEmpty) {
    return (
      <EmptyState icon={ListChecks} title="Nothing is at work">
        <p>Whatever you have Story Tree make shows here: how far it is, what it does, and how it ended.</p>
      </EmptyState>
    );
  }
  return (
    <TaskListContext value={view}>
      <div className="space-y-7">
        {error && <ErrorState title="This may be out of date" error={error} onRetry={refetch} />}
        <Part title="At work" count={active.length}>
          {active.map((task) => (
            <ActiveTask key={task.id} task={task} />
          ))}
        </Part>
        <Part title="Failed" count={failures.length}>
          {failures.map((task) => (
            <FailedTask key={task.id} task={task} />
          ))}
        </Part>
        {rest.length > 0 && history(rest)}
      </div>
    </TaskListContext>
  );
}

function useView(failures: readonly TaskSummary[], wanted: string | null): TaskListView {
  const { data: stories } = useStories();
  const { toggled, toggle } = useOpenTasks(wanted);
  return useMemo(() => {
    const names = new Map(stories?.map(({ id, displayName }) => [id, displayName]));
    const needsAttention = (taskId: string) => failures.some(({ id }) => id === taskId);
    const isOpen = (taskId: string) => toggled.get(taskId) ?? false;
    return {
      isOpen,
      toggle: (taskId) => toggle(taskId, !isOpen(taskId)),
      storyName: (storyId) => (storyId === null ? undefined : names.get(storyId)),
      needsAttention,
    };
  }, [stories, toggled, toggle, failures]);
}

/** Tasks under a heading; nothing when there are none. */
export function Part({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-2.5 flex items-baseline gap-2 text-base">
        {title}
        {count !== undefined && count > 1 && (
          <span className="font-normal font-sans text-ink-faint text-xs tabular-nums">{count}</span>
        )}
      </h2>
      <ul className="space-y-2">{children}</ul>
    </section>
  );
}

/** Asks for older tasks. */
export function OlderButton({ isLoading, onClick }: { isLoading: boolean; onClick(): void }) {
  return (
    <li className="pt-1 text-center">
      <Button size="small" variant="ghost" loading={isLoading} onClick={onClick}>
        Show older tasks
      </Button>
    </li>
  );
}
