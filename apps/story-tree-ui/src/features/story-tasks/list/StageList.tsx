import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { useMemo } from 'react';
import { cx } from '../../../components/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { workflowPart } from '../model/madeLink.ts';

/** The workflow tasks that a task has gone through so far, checked off; nothing for a task with a single step. */
export function StageList({ events, isOver }: { events: readonly TaskEvent[]; isOver: boolean }) {
  const stages = useMemo(() => stagesOf(events.toReversed()), [events]);
  if (stages.length < 2) return null;
  return (
    <ol aria-label="Steps" className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
      {stages.map((stage) => (
        <StageLine key={stage.task} stage={stage} isOver={isOver} />
      ))}
    </ol>
  );
}

function StageLine({ stage: { title, state, completed, total }, isOver }: { stage: Stage; isOver: boolean }) {
  const isRunning = state === 'running' && !isOver;
  const Icon = state !== 'running' ? CircleCheck : isRunning ? LoaderCircle : CircleDashed;
  return (
    <li className="flex items-center gap-2">
      <Icon
        size={15}
        className={cx('shrink-0', state === 'running' ? 'text-busy' : 'text-good', isRunning && 'animate-spin')}
      />
      <span className="min-w-0 flex-1 truncate">{title}</span>
      <span className="text-ink-soft text-xs tabular-nums">
        {state === 'skipped' ? 'already there' : total > 1 ? `${completed} of ${total}` : ''}
        <span className="sr-only">{state === 'running' ? (isOver ? ' not finished' : ' running') : ' done'}</span>
      </span>
    </li>
  );
}

/** One workflow task that a story task goes through. */
interface Stage {
  /** The workflow task, such as `CREATE_SHOT_IMAGES`. */
  task: string;
  title: string;
  state: 'running' | 'done' | 'skipped';
  completed: number;
  total: number;
}

const STATES: Readonly<Record<string, Stage['state']>> = { 'task-done': 'done', 'task-skipped': 'skipped' };

/** The workflow tasks that a log tells of, in the order in which they began. `events` are oldest first. */
export function stagesOf(events: readonly TaskEvent[]): Stage[] {
  const stages = new Map<string, Stage>();
  for (const { step, payload } of events) {
    const task = payload?.task;
    const part = workflowPart(task);
    if (typeof task !== 'string' || part === undefined) continue;
    const before = stages.get(task);
    stages.set(task, {
      task,
      title: part.title,
      state: STATES[step] ?? before?.state ?? 'running',
      completed: Math.max(before?.completed ?? 0, count(payload?.completed)),
      total: Math.max(before?.total ?? 0, count(payload?.total)),
    });
  }
  return [...stages.values()];
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
