'use client';

import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { Badge } from '../../components/index.ts';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.ts';
import { useStoryAction } from './useStoryAction.ts';
import { blockedReason, workflowActions } from './workflowActions.ts';

/** Beside a heading: that all of what is below is made, or how much of it, with the way to make the rest. */
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
      <ReasonedButton
        size="small"
        icon={WandSparkles}
        reason={lock ?? blockedReason(state)}
        loading={isPending}
        onClick={() => action && submit(action.request)}
      >
        {action?.label ?? `Make ${state.title.toLowerCase()}`}
      </ReasonedButton>
    </div>
  );
}
