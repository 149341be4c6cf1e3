'use client';

import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { type ReactNode, useState } from 'react';
import { EmptyState, type Icon, PageBody, Progress, Skeleton, SkeletonText } from '../../components/index.ts';
import { MakeEverythingDialog } from './MakeEverythingDialog.tsx';
import { useIsOperator } from './operators.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.tsx';
import { useStoryAction } from './useStoryAction.ts';
import { blockedReason, workflowActions } from './workflowActions.ts';

/** In place of the output of a workflow task: says what it will be, and offers those who may to make it. */
export function TabEmpty({
  task,
  icon,
  title,
  children,
}: {
  task: string;
  icon: Icon;
  title: string;
  children: ReactNode;
}) {
  const { latest, task: running } = useStoryWork();
  const isOperator = useIsOperator();
  const isBeingMade = running !== null && latest?.task === task;
  return (
    <PageBody>
      <EmptyState icon={icon} title={title} actions={isOperator && !isBeingMade ? <EmptyActions task={task} /> : null}>
        {children}
        {isBeingMade && (
          <div className="mx-auto mt-6 max-w-xs text-start">
            <Progress
              label={latest.message}
              value={latest.total > 1 ? (100 * latest.completed) / latest.total : null}
            />
          </div>
        )}
      </EmptyState>
    </PageBody>
  );
}

function EmptyActions({ task }: { task: string }) {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction();
  const [isAsking, setAsking] = useState(false);
  const state = detail.workflow.find((each) => each.task === task);
  if (state === undefined) return null;
  const [action] = workflowActions(state, detail);
  const reason = lock ?? blockedReason(state);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap justify-center gap-3">
        <ReasonedButton
          variant="primary"
          icon={WandSparkles}
          reason={reason}
          loading={isPending}
          onClick={() => action && submit(action.request)}
        >
          {action?.label ?? `Make ${state.title.toLowerCase()}`}
        </ReasonedButton>
        <ReasonedButton reason={lock} onClick={() => setAsking(true)}>
          Make everything
        </ReasonedButton>
      </div>
      {isAsking && <MakeEverythingDialog onClose={() => setAsking(false)} />}
      {reason && <p className="text-ink-soft text-sm">{reason}</p>}
    </div>
  );
}

/** A tab while its parts load. */
export function TabSkeleton() {
  return (
    <PageBody className="space-y-6">
      <p role="status" className="sr-only">
        This part of the story is loading.
      </p>
      <Skeleton className="h-8 w-64" />
      <SkeletonText lines={6} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Skeleton className="aspect-video w-full" />
        <Skeleton className="aspect-video w-full" />
      </div>
    </PageBody>
  );
}
