'use client';

import { useState } from 'react';
import { useCancelTask, useStoryWork, useSubmitTask } from '../kit/index.ts';
import type { Asked } from './exchanges.ts';
import { useConversation } from './useConversation.ts';

/** The chat with the model about a constitution. */
export function useChat(storyId: string) {
  const [text, setText] = useState('');
  const [sent, setSent] = useState<Asked | null>(null);
  const conversation = useConversation(storyId, sent);
  const { submit, isPending: isSending, error, reset } = useSubmitTask();
  const { mutate: cancel, isPending: isCancelling } = useCancelTask();
  const { lock } = useStoryWork();
  const { current } = conversation;

  /** @returns whether it was accepted */
  async function ask(turns: string[]): Promise<boolean> {
    const taskId = await submit({ operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload: { turns } });
    if (taskId !== null) setSent({ taskId, turns });
    return taskId !== null;
  }

  async function send(): Promise<void> {
    const said = text.trim();
    if (said === '' || isSending || current !== null || lock !== null) return;
    if (await ask([said])) setText((now) => (now.trim() === said ? '' : now));
  }

  return {
    conversation,
    text,
    setText(next: string) {
      reset();
      setText(next);
    },
    send,
    /** Asks again what was not answered. */
    ask,
    isSending,
    error,
    /** Why nothing can be sent now, as a sentence; null when something can. */
    reason: current ? 'Wait for the answer, or stop it. What you write stays here.' : lock,
    stop: current && !current.cancelRequestedAt && !isCancelling ? () => cancel(current.id) : null,
    isStopping: isCancelling || Boolean(current?.cancelRequestedAt),
  };
}

export type Chat = ReturnType<typeof useChat>;
