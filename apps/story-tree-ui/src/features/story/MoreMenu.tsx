'use client';

import EllipsisVertical from 'lucide-react/icons/ellipsis-vertical';
import Hash from 'lucide-react/icons/hash';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { IconButton, Menu, MenuItem, toast } from '../../components/index.ts';
import { useStoryPage, useStoryWork } from '../kit/index.ts';
import { DeleteStoryDialog } from './DeleteStoryDialog.tsx';

/** What is rarely wanted. */
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
        <MenuItem
          icon={Trash2}
          danger
          disabled={lock !== null}
          detail={lock ?? 'With all that was made of it'}
          onSelect={() => setDeleting(true)}
        >
          Delete story…
        </MenuItem>
      </Menu>
      <DeleteStoryDialog open={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}
