'use client';

import { MAX_TURN_LENGTH } from '@story-tree/domain';
import { useState } from 'react';
import { Button, Dialog, Field, Textarea } from '../../components/index.ts';
import {
  complaintOf,
  EstimateNote,
  LimitField,
  limitOf,
  ReasonedButton,
  useStoryAction,
  useStoryPage,
  useStoryWork,
} from '../kit/index.ts';

/** Requests another constitution from the same prompt, and asks what should be different this time. */
export function RewriteDialog({ onClose }: { onClose(): void }) {
  const { storyId } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction(onClose);
  const [guidance, setGuidance] = useState('');
  const [text, setText] = useState('');
  const limit = limitOf(text);

  function rewrite() {
    if ('complaint' in limit) return;
    const wish = guidance.trim();
    submit({ operation: 'REGENERATE_CONSTITUTION', payload: { ...(wish === '' ? {} : { guidance: wish }), ...limit } });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rewrite the constitution"
      description="From the same prompt. The current text stays in the history, and what was made from it stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <ReasonedButton variant="primary" reason={lock ?? complaintOf(limit)} loading={isPending} onClick={rewrite}>
            Rewrite it
          </ReasonedButton>
        </>
      }
    >
      <div className="space-y-5">
        <Field label="What should be different?" hint="Say it in your own words, or leave it empty." optional>
          <Textarea
            dir="auto"
            maxLength={MAX_TURN_LENGTH}
            value={guidance}
            placeholder="Darker, with an older heroine, and an ending that leaves a question open"
            onChange={(event) => setGuidance(event.target.value)}
          />
        </Field>
        <EstimateNote wanted={{ storyId, task: 'CREATE_CONSTITUTION', override: true }} />
        <LimitField value={text} onChange={setText} />
      </div>
    </Dialog>
  );
}
