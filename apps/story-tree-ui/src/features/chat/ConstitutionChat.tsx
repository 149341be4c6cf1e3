'use client';

import { useRef, useState } from 'react';
import { ErrorState, SkeletonText, SlideOver } from '../../components/index.ts';
import { useFollowTail, useIsPhone, useStoryPage, useWatchedTask } from '../kit/index.ts';
import { Composer } from './Composer.tsx';
import { ExchangeView } from './ExchangeView.tsx';
import { Invitation } from './Invitation.tsx';
import { useChat } from './useChat.ts';
import { useSayAnswers } from './useSayAnswers.ts';

/** The conversation about a story's constitution, beside its text. */
export default function ConstitutionChat({ open, onClose }: { open: boolean; onClose(): void }) {
  const { storyId } = useStoryPage();
  const chat = useChat(storyId);
  const input = useRef<HTMLTextAreaElement>(null);
  useWatchedTask(open ? (chat.conversation.exchanges.at(-1)?.taskId ?? null) : null);
  useSayAnswers(chat.conversation, open);

  function suggest(text: string): void {
    chat.setText(text);
    input.current?.focus();
  }

  return (
    <SlideOver
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      modal={useIsPhone()}
      title="Discuss the constitution"
      description="Each answer that changes it becomes a version that you can take back."
      footer={<Composer chat={chat} input={input} />}
      initialFocus={input}
    >
      <Transcript chat={chat} onSuggest={suggest} />
    </SlideOver>
  );
}

/** Exchanges that are shown at first; earlier ones on demand. */
const SHOWN = 10;

function Transcript({ chat, onSuggest }: { chat: ReturnType<typeof useChat>; onSuggest(text: string): void }) {
  const { exchanges, isPending, error, refetch } = chat.conversation;
  const [count, setCount] = useState(SHOWN);
  const { content } = useFollowTail<HTMLDivElement>();
  const earlier = exchanges.length - count;
  return (
    <div ref={content} className="pb-2">
      {exchanges.length === 0 && isPending && <SkeletonText lines={4} />}
      {exchanges.length === 0 && error && (
        <ErrorState title="The conversation could not be read" error={error} onRetry={refetch} />
      )}
      {exchanges.length === 0 && !isPending && !error && <Invitation onSuggest={onSuggest} />}
      {earlier > 0 && (
        <button
          type="button"
          onClick={() => setCount(count + SHOWN)}
          className="mx-auto mb-6 block rounded-control px-3 py-1.5 text-ink-soft text-sm hover:bg-sunken"
        >
          Show what was said before
        </button>
      )}
      <ol aria-label="Conversation" className="space-y-8">
        {exchanges.slice(-count).map((exchange) => (
          <li key={exchange.taskId}>
            <ExchangeView exchange={exchange} chat={chat} isLatest={exchange === exchanges.at(-1)} />
          </li>
        ))}
      </ol>
    </div>
  );
}
