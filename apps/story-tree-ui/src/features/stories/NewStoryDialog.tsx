'use client';

import { useId, useState } from 'react';
import { Button, Dialog, Kbd } from '../../components/index.ts';
import { useHealth } from '../client/index.ts';
import { useSubmitTask, useWatchedTask } from '../kit/index.ts';
import { useTask } from '../live/index.ts';
import { NewStoryForm } from './NewStoryForm.tsx';
import { NewStoryProgress, PROGRESS_TITLES, ProgressFooter } from './NewStoryProgress.tsx';
import { creationPayload, EMPTY_STORY, type NewStory } from './newStory.ts';

/**
 * Asks for a prompt and creates the story; from then on it shows the progress. It can be closed at any time.
 */
export default function NewStoryDialog({
  open,
  onOpenChange,
  initialPrompt,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
  initialPrompt: string;
}) {
  const formId = useId();
  const mode = useHealth().data?.mode ?? 'stub';
  const [draft, setDraft] = useState<Omit<NewStory, 'reach'>>({ ...EMPTY_STORY, prompt: initialPrompt });
  const [chosenReach, setReach] = useState<NewStory['reach'] | null>(null);
  const [taskId, setTaskId] = useState<string | null>(null);
  const { submit, isPending, error, reset } = useSubmitTask();
  const watched = useTask(taskId);
  useWatchedTask(open ? taskId : null);
  const story: NewStory = { ...draft, reach: chosenReach ?? (mode === 'stub' ? 'everything' : 'script') };
  const close = () => onOpenChange(false);

  async function begin(): Promise<void> {
    const made = await submit({ operation: 'CREATE_STORY', payload: creationPayload(story) });
    if (made !== null) setTaskId(made);
  }

  function change({ reach, ...rest }: NewStory): void {
    reset();
    setDraft(rest);
    if (reach !== story.reach) setReach(reach);
  }

  const frame = { open, onOpenChange, size: 'large' } as const;
  if (taskId === null) {
    return (
      <Dialog
        {...frame}
        title="New story"
        description="Say what it is about. A sentence is enough; a page is welcome."
        footer={<FormFooter formId={formId} isSending={isPending} onCancel={close} />}
      >
        <NewStoryForm id={formId} story={story} error={error} onChange={change} onSubmit={begin} />
      </Dialog>
    );
  }
  return (
    <Dialog
      {...frame}
      title={PROGRESS_TITLES[watched.task?.status ?? 'queued']}
      description={watched.task?.displayFields.detail}
      footer={<ProgressFooter task={watched.task} onClose={close} />}
    >
      <NewStoryProgress {...watched} />
    </Dialog>
  );
}

export function FormFooter({ formId, isSending, onCancel }: { formId: string; isSending: boolean; onCancel(): void }) {
  return (
    <>
      <span className="me-auto hidden items-center gap-1 text-ink-faint text-xs sm:flex" aria-hidden="true">
        <Kbd>{isApple() ? '⌘' : 'Ctrl'}</Kbd> <Kbd>Enter</Kbd> begins
      </span>
      <Button variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" form={formId} variant="primary" loading={isSending}>
        Begin the story
      </Button>
    </>
  );
}

/** The dialog is never rendered on the server, so the browser can be asked. */
function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}
