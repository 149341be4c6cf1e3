'use client';

import { isOver, useChatDraft } from '../live/index.ts';
import { AnswerText, Said } from './bubbles.tsx';
import { ExchangeEnd } from './ExchangeEnd.tsx';
import type { Exchange } from './exchanges.ts';
import { PendingAnswer } from './PendingAnswer.tsx';
import type { Chat } from './useChat.ts';

/** What was said in one task, what came of it, or how it goes on. */
export function ExchangeView({ exchange, chat, isLatest }: { exchange: Exchange; chat: Chat; isLatest: boolean }) {
  const { taskId, task, turns } = exchange;
  const draft = useChatDraft(task && !isOver(task) ? taskId : null);
  const next = turns.find(({ answer }) => answer === null);
  return (
    <div className="space-y-4">
      {turns.map(({ turn, question, answer }) => (
        <div key={turn} className="space-y-4">
          {question !== '' && <Said text={question} />}
          {answer !== null && <AnswerText text={answer} />}
          {turn === next?.turn && (task === null ? isLatest : !isOver(task)) && (
            <PendingAnswer task={task} text={draft?.turn === turn ? draft.text : ''} />
          )}
        </div>
      ))}
      {task && <ExchangeEnd exchange={exchange} task={task} chat={chat} isLatest={isLatest} />}
    </div>
  );
}
