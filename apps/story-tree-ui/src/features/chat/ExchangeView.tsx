'use client';

import { Markdown, Spinner } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { isOver, useChatDraft } from '../live/index.ts';
import { ExchangeEnd } from './ExchangeEnd.tsx';
import type { Exchange } from './exchanges.ts';
import type { Chat } from './useChat.ts';

/** What was said in one task, and its outcome or progress. */
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

/** A pending answer: its words as they arrive, and what it is waiting for. */
function PendingAnswer({ task, text }: { task: TaskSummary | null; text: string }) {
  return (
    <div className="space-y-3" aria-busy="true">
      {text !== '' && <AnswerText text={text} />}
      <p className="flex items-center gap-2 text-ink-soft text-sm">
        <Spinner size={14} className="text-busy" />
        {waitingFor(task, text)}
      </p>
    </div>
  );
}

function waitingFor(task: TaskSummary | null, text: string): string {
  if (task === null) return 'Sending';
  if (task.cancelRequestedAt !== null) return 'Stopping';
  if (task.status === 'queued' || task.stalledAt !== null) return 'Waiting for a worker';
  return text === '' ? 'Thinking' : 'Writing';
}

/** What the person said, as they wrote it. */
function Said({ text }: { text: string }) {
  return (
    <div className="flex justify-end">
      <p
        dir="auto"
        className="max-w-[85%] whitespace-pre-wrap rounded-card rounded-ee-sm bg-accent-wash px-3.5 py-2.5 text-ink text-sm leading-relaxed [overflow-wrap:anywhere]"
      >
        <span className="sr-only">You: </span>
        {text}
      </p>
    </div>
  );
}

/** What the model said, or has said so far. */
function AnswerText({ text }: { text: string }) {
  return (
    <div className="min-w-0">
      <span className="sr-only">The model: </span>
      <Markdown text={text} className="text-[0.9375rem] leading-relaxed" />
    </div>
  );
}
