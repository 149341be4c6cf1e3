'use client';

import EllipsisVertical from 'lucide-react/icons/ellipsis-vertical';
import Hash from 'lucide-react/icons/hash';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { AlertDialog, IconButton, Menu, MenuItem, toast } from '../../components/index.ts';
import { ForOperators, lossesOfDeletion, useStoryAction, useStoryPage, useStoryWork } from '../kit/index.ts';
import { LossList } from './LossList.tsx';

/** Actions that are rarely needed. */
export function MoreMenu() {
  const { storyId } = useStoryPage();
  const { lock } = useStoryWork();
  const [isDeleting, setDeleting] = useState(false);

  async function copyId() {
    try {
      await navigator.clipboard.writeText(storyId);
      toast.success('Story id copied');
    } catch {
      toast.error('The browser did not allow copying', { description: storyId });
    }
  }

  return (
    <>
      <Menu trigger={<IconButton label="More" icon={EllipsisVertical} />}>
        <MenuItem icon={Hash} detail="For the command line and the API" onSelect={copyId}>
          Copy story id
        </MenuItem>
        <ForOperators>
          <MenuItem
            icon={Trash2}
            danger
            disabled={lock !== null}
            detail={lock ?? 'Together with everything made from it'}
            onSelect={() => setDeleting(true)}
          >
            Delete story…
          </MenuItem>
        </ForOperators>
      </Menu>
      <DeleteStoryDialog open={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}

/** Asks before a story is deleted, and names everything that is deleted with it. */
function DeleteStoryDialog({ open, onClose }: { open: boolean; onClose(): void }) {
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
        will be deleted for good{losses.length > 0 ? ', together with:' : '.'}
      </p>
      <LossList losses={losses} />
      <p>This cannot be undone. Bundles that you have downloaded stay as they are.</p>
    </AlertDialog>
  );
}
