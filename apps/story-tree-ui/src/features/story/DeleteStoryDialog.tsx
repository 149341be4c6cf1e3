'use client';

import { AlertDialog } from '../../components/index.ts';
import { lossesOfDeletion, useStoryAction, useStoryPage } from '../kit/index.ts';
import { LossList } from './LossList.tsx';

/** Asks before a story is deleted, and names all that goes with it. */
export function DeleteStoryDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { detail } = useStoryPage();
  const { submit, isPending } = useStoryAction(onClose);
  const losses = lossesOfDeletion(detail);
  return (
    <AlertDialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Delete this story?"
      confirmLabel="Delete story"
      busy={isPending}
      onConfirm={() => submit({ operation: 'DELETE_STORY', payload: {} })}
    >
      <p>
        <strong dir="auto" className="font-semibold text-ink">
          {detail.story.displayName}
        </strong>{' '}
        goes for good{losses.length > 0 ? ', and with it:' : '.'}
      </p>
      <LossList losses={losses} />
      <p>This cannot be undone. Bundles that you have downloaded stay as they are.</p>
    </AlertDialog>
  );
}
