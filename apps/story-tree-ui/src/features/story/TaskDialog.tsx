'use client';

import { Button, Dialog, Progress } from '../../components/index.ts';
import type { WorkflowTaskState } from '../../wire/index.ts';
import { LossList } from './LossList.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.ts';
import { useStoryAction } from './useStoryAction.ts';
import { type WorkflowAction, workflowActions } from './workflowActions.ts';

/** Asks what is wanted of a workflow task that has made something already, and names what goes. */
export function TaskDialog({ state, onClose }: { state: WorkflowTaskState; onClose(): void }) {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction(onClose);
  const actions = workflowActions(state, detail);
  const anew = actions.find(({ kind }) => kind === 'anew');

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={state.title}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {actions.toReversed().map((action) => (
            <ReasonedButton
              key={action.kind}
              variant={variantOf(action)}
              reason={lock}
              loading={isPending}
              onClick={() => submit(action.request)}
            >
              {action.label}
            </ReasonedButton>
          ))}
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {state.status === 'partial' && (
          <Progress label={`${state.completed} of ${state.total} made`} value={(100 * state.completed) / state.total} />
        )}
        {anew && <WhatGoes action={anew} makes={state.makes} />}
      </div>
    </Dialog>
  );
}

function WhatGoes({ action: { replaces, losses }, makes }: { action: WorkflowAction; makes: string }) {
  return (
    <div className="space-y-2 text-ink-soft">
      <p>
        Making it anew replaces <strong className="font-semibold text-ink">{replaces ?? makes}</strong>.
        {losses.length > 0 && ' What was made from it goes as well, and has to be made again:'}
      </p>
      {losses.length > 0 && <LossList losses={losses} />}
    </div>
  );
}

function variantOf({ kind, losses }: WorkflowAction): 'primary' | 'secondary' | 'danger' {
  if (kind !== 'anew') return 'primary';
  return losses.length > 0 ? 'danger' : 'secondary';
}
