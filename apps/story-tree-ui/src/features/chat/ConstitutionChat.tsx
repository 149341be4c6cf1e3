'use client';

import MessagesSquare from 'lucide-react/icons/messages-square';
import { useEffect, useRef, useState } from 'react';
import { ErrorState, SkeletonText, SlideOver } from '../../components/index.ts';
import {
  announce,
  ForOperators,
  useFollowTail,
  useIsOperator,
  useIsPhone,
  useStoryPage,
  useWatchedTask,
} from '../kit/index.ts';
import { Composer } from './Composer.tsx';
import { ExchangeView } from './ExchangeView.tsx';
import type { Exchange } from './exchanges.ts';
import { useChat } from './useChat.ts';
import type { Conversation } from './useConversation.ts';

/** The conversation about a story's constitution, beside its text. */
export default function ConstitutionChat({ open, onClose }: { open: boolean; onClose(): void }) {
  const { storyId } = useStoryPage();
  const chat = useChat(storyId);
  const input = useRef<HTMLTextAreaElement>(null);
  const isOperator = useIsOperator();
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
      title={isOperator ? 'Discuss the constitution' : 'What was said about the constitution'}
      description={isOperator ? 'Each answer that changes it becomes a version that you can undo.' : undefined}
      footer={isOperator ? <Composer chat={chat} input={input} /> : undefined}
      {...(isOperator ? { initialFocus: input } : {})}
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
        <ErrorState title="The conversation could not be loaded" error={error} onRetry={refetch} />
      )}
      {exchanges.length === 0 && !isPending && !error && <Invitation onSuggest={onSuggest} />}
      {earlier > 0 && (
        <button
          type="button"
          onClick={() => setCount(count + SHOWN)}
          className="mx-auto mb-6 block rounded-control px-3 py-1.5 text-ink-soft text-sm hover:bg-sunken"
        >
          Show earlier messages
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

const SUGGESTIONS = [
  'Make the tone darker, but leave one thing that gives hope.',
  'Give the main character a flaw that every branch has to deal with.',
  'Let the choices cost something: each should close another way.',
  'Add an ending in which nobody is right.',
  'Which passages are vague? Make them concrete.',
] as const;

/** Before the first message: what the chat is for, and how one might begin. */
export function Invitation({ onSuggest }: { onSuggest(text: string): void }) {
  return (
    <div className="pt-4">
      <span className="mb-4 inline-flex size-12 items-center justify-center rounded-full bg-accent-wash text-accent">
        <MessagesSquare size={22} strokeWidth={1.6} />
      </span>
      <h3 className="text-lg">Nothing has been said yet</h3>
      <p className="mt-1 text-ink-soft text-sm">
        The model knows the whole constitution. It answers, and rewrites what needs to change.
        <ForOperators> You might begin with:</ForOperators>
      </p>
      <ForOperators>
        <ul className="mt-4 space-y-2">
          {SUGGESTIONS.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => onSuggest(suggestion)}
                className="w-full rounded-control border border-line bg-raised px-3.5 py-2.5 text-start text-sm transition-colors hover:border-accent hover:bg-accent-wash"
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      </ForOperators>
    </div>
  );
}

/** Announces each answer once it is finished, not word by word, or why it is missing. */
export function useSayAnswers({ exchanges, isPending }: Conversation, isOpen: boolean): void {
  const known = useRef<number | null>(null);
  const news = exchanges.flatMap(newsOf);
  const count = news.length;
  const latest = news.at(-1);
  useEffect(() => {
    if (isPending) return;
    if (known.current !== null && count > known.current && isOpen && latest) announce(latest);
    known.current = count;
  }, [count, latest, isOpen, isPending]);
}

function newsOf({ task, turns }: Exchange): string[] {
  const answers = turns.flatMap(({ answer }) => (answer === null ? [] : `Answer: ${answer}`));
  if (task?.status === 'failed') return [...answers, task.error?.message ?? 'There was no answer.'];
  return task?.status === 'cancelled' ? [...answers, 'Stopped. The constitution stays as it was.'] : answers;
}
