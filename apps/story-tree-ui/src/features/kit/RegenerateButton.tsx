'use client';

import RefreshCw from 'lucide-react/icons/refresh-cw';
import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { useState } from 'react';
import { AlertDialog } from '../../components/index.ts';
import { useIsOperator } from './operators.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.tsx';
import { useStoryAction } from './useStoryAction.ts';
import { blockedReason } from './workflowActions.ts';

/** Makes one thing of a workflow task: for the first time, or again after asking. */
export function RegenerateButton({
  task,
  target,
  thing,
  exists,
}: {
  task: string;
  /** The options that choose the one thing. */
  target: Readonly<Record<string, string | number>>;
  /** What it is, as in "picture". */
  thing: string;
  exists: boolean;
}) {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const isOperator = useIsOperator();
  const [isAsking, setAsking] = useState(false);
  const { submit, isPending } = useStoryAction(() => setAsking(false));
  const state = detail.workflow.find((each) => each.task === task);
  const reason = lock ?? (state ? blockedReason(state) : null);

  if (!isOperator) return null;

  const make = () =>
    submit({
      operation: 'RUN_WORKFLOW_TASK',
      payload: { task, options: { ...target, ...(exists ? { override: true } : {}) } },
    });

  return (
    <>
      <ReasonedButton
        size="small"
        icon={exists ? RefreshCw : WandSparkles}
        reason={reason}
        loading={isPending}
        onClick={() => (exists ? setAsking(true) : make())}
      >
        {exists ? `Regenerate ${thing}` : `Make ${thing}`}
      </ReasonedButton>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Regenerate this ${thing}?`}
        confirmLabel={`Regenerate ${thing}`}
        danger={false}
        busy={isPending}
        onConfirm={make}
      >
        <p>The existing {thing} is replaced once the new one is ready. Everything else stays as it is.</p>
      </AlertDialog>
    </>
  );
}
