'use client';

import { useEffect, useRef } from 'react';
import { announce } from '../kit/index.ts';
import type { Exchange } from './exchanges.ts';
import type { Conversation } from './useConversation.ts';

/** Says aloud each answer once it is finished, not word by word, and why there is none. */
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
