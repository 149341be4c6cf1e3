'use client';

import type { StoryTaskRequest } from '@story-tree/domain';
import { useState } from 'react';
import { Button, Dialog, Progress } from '../../components/index.ts';
import type { WorkflowTaskState } from '../../wire/index.ts';
import {
  complaintOf,
  EstimateNote,
  type Limit,
  LimitField,
  limitOf,
  ReasonedButton,
  useStoryAction,
  useStoryPage,
  useStoryWork,
  type WorkflowAction,
  workflowActions,
} from '../kit/index.ts';
import { LossList } from './LossList.tsx';

/** Asks what to do with a workflow task, shows the estimate, and names what is removed. */
export function TaskDialog({ state, onClose }: { state: WorkflowTaskState; onClose(): void }) {
  const { detail, storyId } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction(onClose);
  const actions = workflowActions(state, detail);
  const [text, setText] = useState('');
  const limit = limitOf(text);
  const [first] = actions;
  const regenerate = actions.find(({ kind }) => kind === 'regenerate');

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
              reason={lock ?? complaintOf(limit)}
              loading={isPending}
              onClick={() => submit(within(limit, action.request))}
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
        {first?.request.operation === 'RUN_WORKFLOW_TASK' && (
          <>
            <EstimateNote wanted={{ storyId, task: state.task, override: first.kind === 'regenerate' }} />
            <LimitField value={text} onChange={setText} />
          </>
        )}
        {regenerate && <WhatGoes action={regenerate} makes={state.makes} />}
      </div>
    </Dialog>
  );
}

/** Only what asks models can cost anything. */
function within(limit: Limit, request: StoryTaskRequest): StoryTaskRequest {
  if (request.operation !== 'RUN_WORKFLOW_TASK' || 'complaint' in limit) return request;
  return { ...request, payload: { ...request.payload, ...limit } };
}

function WhatGoes({ action: { replaces, losses }, makes }: { action: WorkflowAction; makes: string }) {
  return (
    <div className="space-y-2 text-ink-soft">
      <p>
        Regenerating replaces <strong className="font-semibold text-ink">{replaces ?? makes}</strong>.
        {losses.length > 0 && ' What was made from it is removed as well, and has to be made again:'}
      </p>
      {losses.length > 0 && <LossList losses={losses} />}
    </div>
  );
}

function variantOf({ kind, losses }: WorkflowAction): 'primary' | 'secondary' | 'danger' {
  if (kind !== 'regenerate') return 'primary';
  return losses.length > 0 ? 'danger' : 'secondary';
}
