'use client';

import { MAX_NAME_LENGTH } from '@story-tree/domain';
import Check from 'lucide-react/icons/check';
import Pencil from 'lucide-react/icons/pencil';
import X from 'lucide-react/icons/x';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { IconButton, Input } from '../../components/index.ts';
import { ForOperators, useStoryPage } from '../kit/index.ts';
import { useRenameStory } from './useRenameStory.ts';

/** The story's name, which can be edited in place. */
export function StoryTitle({ canRename }: { canRename: boolean }) {
  const { storyId, detail } = useStoryPage();
  const { mutate } = useRenameStory(storyId);
  const [isEditing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const name = detail.story.displayName;

  function close() {
    // The pencil has to be mounted before it can take the focus back.
    flushSync(() => setEditing(false));
    pencil.current?.focus();
  }

  function rename(next: string) {
    close();
    if (next === '' || next === name) return;
    mutate(next);
  }

  if (isEditing) return <TitleForm name={name} onRename={rename} onCancel={close} />;
  return (
    <div className="flex min-w-0 items-center gap-1">
      <h1 dir="auto" className="line-clamp-2 min-w-0 text-2xl sm:text-3xl" title={name}>
        {name}
      </h1>
      {canRename && (
        <ForOperators>
          <IconButton ref={pencil} label="Rename" icon={Pencil} size="small" onClick={() => setEditing(true)} />
        </ForOperators>
      )}
    </div>
  );
}

function TitleForm({ name, onRename, onCancel }: { name: string; onRename(name: string): void; onCancel(): void }) {
  const [draft, setDraft] = useState(name);

  function submit(event: FormEvent) {
    event.preventDefault();
    onRename(draft.trim());
  }

  function leave(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onCancel();
  }

  return (
    <form onSubmit={submit} onKeyDown={leave} className="flex max-w-xl items-center gap-1">
      <Input
        aria-label="Name of the story"
        dir="auto"
        autoFocus
        required
        maxLength={MAX_NAME_LENGTH}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        className="font-display font-semibold sm:text-xl"
      />
      <IconButton type="submit" label="Save the name" icon={Check} />
      <IconButton label="Keep the old name" icon={X} onClick={onCancel} />
    </form>
  );
}
