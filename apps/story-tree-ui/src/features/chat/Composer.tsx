'use client';

import { MAX_TURN_LENGTH } from '@story-tree/domain';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Square from 'lucide-react/icons/square';
import type { KeyboardEvent, RefObject } from 'react';
import { Button, Kbd } from '../../components/index.ts';
import { ReasonedButton } from '../kit/index.ts';
import type { Chat } from './useChat.ts';

/** Where a person writes what they want to say. */
export function Composer({ chat, input }: { chat: Chat; input: RefObject<HTMLTextAreaElement | null> }) {
  const { text, setText, send, error, conversation } = chat;

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {error && (
        <p role="alert" className="mb-2 text-bad text-sm">
          {error.message} <code className="font-mono text-ink-soft text-xs">{error.code}</code>
        </p>
      )}
      <div className="rounded-card border border-line-strong bg-raised transition-[border-color,box-shadow] focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        <textarea
          ref={input}
          dir="auto"
          rows={2}
          maxLength={MAX_TURN_LENGTH}
          enterKeyHint="send"
          aria-label="Your message"
          placeholder="What should be different?"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
          className="field-sizing-content block max-h-60 min-h-16 w-full resize-none rounded-card bg-transparent px-3.5 pt-3 pb-1 text-base leading-relaxed outline-none sm:text-sm"
        />
        <div className="flex items-center justify-between gap-3 py-2 ps-3.5 pe-2">
          <p className="text-ink-faint text-xs max-sm:invisible">
            <Kbd>Enter</Kbd> sends, <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> starts a new line
          </p>
          {conversation.current ? <StopButton chat={chat} /> : <SendButton chat={chat} />}
        </div>
      </div>
    </form>
  );
}

function SendButton({ chat: { text, reason, isSending } }: { chat: Chat }) {
  return (
    <ReasonedButton
      type="submit"
      size="small"
      variant="primary"
      icon={ArrowUp}
      reason={text.trim() === '' ? (reason ?? 'Write something first.') : reason}
      loading={isSending}
    >
      Send
    </ReasonedButton>
  );
}

function StopButton({ chat: { stop, isStopping } }: { chat: Chat }) {
  return (
    <Button size="small" icon={Square} loading={isStopping} onClick={() => stop?.()}>
      {isStopping ? 'Stopping' : 'Stop'}
    </Button>
  );
}
