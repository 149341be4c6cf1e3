'use client';

import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { Badge, Progress, Spinner } from '../../components/index.ts';
import { ForOperators } from './operators.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.tsx';
import { useStoryAction } from './useStoryAction.ts';
import { blockedReason, workflowActions } from './workflowActions.ts';

/** Beside a heading: whether everything below it is made, or how much of it, with a button to make the rest. */
export function TaskStatusNote({ task }: { task: string }) {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction();
  const state = detail.workflow.find((each) => each.task === task);
  if (state === undefined) return null;
  if (state.status === 'done') return <Badge tone="good">All made</Badge>;
  const [action] = workflowActions(state, detail);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {state.total > 1 && (
        <Badge tone={state.completed > 0 ? 'warn' : 'neutral'}>
          {state.completed} of {state.total} made
        </Badge>
      )}
      <ForOperators>
        <ReasonedButton
          size="small"
          icon={WandSparkles}
          reason={lock ?? blockedReason(state)}
          loading={isPending}
          onClick={() => action && submit(action.request)}
        >
          {action?.label ?? `Make ${state.title.toLowerCase()}`}
        </ReasonedButton>
      </ForOperators>
    </div>
  );
}

/** Above existing content: that more of it is being made, and how far along that is. */
export function MakingNote({ tasks }: { tasks: readonly string[] }) {
  const { detail } = useStoryPage();
  const { latest, task } = useStoryWork();
  if (task?.status !== 'running' || latest === null || !tasks.includes(latest.task)) return null;
  const title = detail.workflow.find((state) => state.task === latest.task)?.title ?? task.displayFields.title;
  const words = latest.total > 1 ? `${title}: ${latest.completed} of ${latest.total}` : title;
  return (
    <div className="flex animate-arrive items-center gap-3 rounded-card bg-busy-wash px-4 py-2.5 text-sm">
      <Spinner className="text-busy" />
      <span className="min-w-0 flex-1 tabular-nums">{words}</span>
      {latest.total > 1 && (
        <div className="w-32 shrink-0 max-sm:hidden">
          <Progress label={words} value={(100 * latest.completed) / latest.total} hideLabel />
        </div>
      )}
    </div>
  );
}
