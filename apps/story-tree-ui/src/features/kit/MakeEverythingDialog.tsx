'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button, Dialog } from '../../components/index.ts';
import { EstimateNote } from './EstimateNote.tsx';
import { LimitField, limitOf } from './LimitField.tsx';
import { ReasonedButton } from './ReasonedButton.tsx';
import { useStoryPage, useStoryWork } from './storyContext.tsx';
import { useStoryAction } from './useStoryAction.ts';
import { MAKE_EVERYTHING } from './workflowActions.ts';

/** Shows the estimate of making everything that is missing, and asks how much it may cost. */
export function MakeEverythingDialog({ onClose }: { onClose(): void }) {
  const formId = useId();
  const { storyId } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction(onClose);
  const [text, setText] = useState('');
  const limit = limitOf(text);

  function begin(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (lock === null && !('complaint' in limit))
      submit({ ...MAKE_EVERYTHING, payload: { ...MAKE_EVERYTHING.payload, ...limit } });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Make everything"
      description="Everything that is missing, up to the player."
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <ReasonedButton type="submit" form={formId} variant="primary" reason={lock} loading={isPending}>
            Begin
          </ReasonedButton>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={begin} className="space-y-5">
        <EstimateNote wanted={{ storyId, task: MAKE_EVERYTHING.payload.task, override: false }} />
        <LimitField value={text} onChange={setText} />
      </form>
    </Dialog>
  );
}
