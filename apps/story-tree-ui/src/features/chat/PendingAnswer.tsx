'use client';

import { Spinner } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { AnswerText } from './bubbles.tsx';

/** An answer on its way: its words as they come, and what is waited for. */
export function PendingAnswer({ task, text }: { task: TaskSummary | null; text: string }) {
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
  if (task.status === 'queued') return 'Waiting for a worker';
  return text === '' ? 'Thinking it over' : 'Writing';
}
