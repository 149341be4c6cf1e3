'use client';

import Ban from 'lucide-react/icons/ban';
import Check from 'lucide-react/icons/check';
import RotateCw from 'lucide-react/icons/rotate-cw';
import type { ReactNode } from 'react';
import { Button, type Icon, Spinner } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { FailureNote, failureAdvice, useIsOperator, useStoryPage } from '../kit/index.ts';
import { useConstitutionVersions } from '../versions/useConstitutionVersions.ts';
import { ChangeView } from './ChangeView.tsx';
import { changeOf, type Exchange, unanswered } from './exchanges.ts';
import type { Chat } from './useChat.ts';

interface EndProps {
  exchange: Exchange;
  task: TaskSummary;
  chat: Chat;
  isLatest: boolean;
}

/** The outcome of an exchange; nothing while its answer is pending. */
export function ExchangeEnd(props: EndProps) {
  const { exchange, task, chat, isLatest } = props;
  switch (task.status) {
    case 'succeeded':
      return <Outcome task={task} isLatest={isLatest} />;
    case 'failed':
      return (
        task.error && (
          <FailureNote error={task.error}>
            {isLatest && failureAdvice(task.error.code).canRetry && <AskAgain chat={chat} exchange={exchange} />}
          </FailureNote>
        )
      );
    case 'cancelled':
      return (
        <Note icon={Ban} text="Stopped. The constitution stays as it was.">
          {isLatest && <AskAgain chat={chat} exchange={exchange} />}
        </Note>
      );
    case 'running':
      return (
        unanswered(exchange).length === 0 && <Spinner label="Saving the new version" size={14} className="text-sm" />
      );
    case 'queued':
      return null;
    default:
      return task.status satisfies never;
  }
}

function Outcome({ task, isLatest }: { task: TaskSummary; isLatest: boolean }) {
  const { storyId } = useStoryPage();
  const { data: versions, isFetching } = useConstitutionVersions(storyId);
  const change = versions ? changeOf(task, versions) : null;
  if (change) return <ChangeView change={change} versions={versions ?? []} opened={isLatest} />;
  if (isFetching) return <Spinner label="Comparing the versions" size={14} />;
  return <Note icon={Check} text="The constitution stays as it is." />;
}

/** Sends the same message again, or puts it back into the field to be edited. */
function AskAgain({ exchange, chat }: { exchange: Exchange; chat: Chat }) {
  const words = unanswered(exchange);
  const isOperator = useIsOperator();
  if (words.length === 0 || !isOperator) return null;
  return (
    <>
      <Button
        size="small"
        icon={RotateCw}
        loading={chat.isSending}
        disabled={chat.reason !== null}
        onClick={() => void chat.ask(words)}
      >
        Try again
      </Button>
      <Button size="small" variant="ghost" onClick={() => chat.setText(words.join('\n\n'))}>
        Change the message
      </Button>
    </>
  );
}

function Note({ icon: NoteIcon, text, children }: { icon: Icon; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-soft text-sm">
      <span className="flex items-center gap-2">
        <NoteIcon size={15} className="shrink-0" />
        {text}
      </span>
      {children}
    </div>
  );
}
