import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { useMemo } from 'react';
import { cx } from '../../../components/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { type Stage, stagesOf } from '../model/stages.ts';

/** The workflow tasks that a task has gone through so far, checked off; nothing for a task of one step. */
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
        {state === 'skipped' ? 'was there' : total > 1 ? `${completed} of ${total}` : ''}
        <span className="sr-only">{state === 'running' ? (isOver ? ' not finished' : ' running') : ' done'}</span>
      </span>
    </li>
  );
}
