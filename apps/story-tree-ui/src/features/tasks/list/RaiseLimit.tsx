'use client';

import RotateCw from 'lucide-react/icons/rotate-cw';
import { type FormEvent, useEffect, useState } from 'react';
import { Button, toast } from '../../../components/index.ts';
import type { TaskDetail } from '../../../wire/index.ts';
import { LimitField, limitOf, openTaskDrawer, useSubmitTask } from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { retryRequest } from '../model/retryRequest.ts';

/** Goes on with a task that came to the end of its money, with more of it. */
export function RaiseLimit({ detail, events }: { detail: TaskDetail; events: readonly TaskEvent[] }) {
  const { submit, isPending, error } = useSubmitTask();
  const [text, setText] = useState(() => doubled(detail.payload.maxCost));
  useEffect(() => {
    if (error) toast.error('This was refused', { description: error.message });
  }, [error]);
  const limit = limitOf(text);

  function goOn(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if ('complaint' in limit) return;
    const { maxCost: _, ...payload } = detail.payload;
    const request = retryRequest({ ...detail, payload: { ...payload, ...limit } }, events);
    if (request !== null) void submit(request).then((taskId) => taskId && openTaskDrawer(taskId));
  }

  return (
    <form noValidate onSubmit={goOn} className="w-full space-y-3">
      <LimitField value={text} onChange={setText} />
      <Button type="submit" size="small" icon={RotateCw} loading={isPending}>
        {'maxCost' in limit ? 'Go on with this limit' : 'Go on without a limit'}
      </Button>
    </form>
  );
}

function doubled(limit: unknown): string {
  return typeof limit === 'number' ? String(2 * limit) : '';
}
