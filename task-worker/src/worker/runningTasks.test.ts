import { expect, it } from 'vitest';
import { createRunningTasks } from './runningTasks.ts';

const never = () => new AbortController().signal;

it('stops the task that is meant, and no other', () => {
  const running = createRunningTasks();
  const one = running.begin('one', never());
  const other = running.begin('other', never());
  running.cancel('one');
  running.cancel('none');
  expect(one.signal.reason).toMatchObject({ code: 'cancelled' });
  expect(other.signal.aborted).toBe(false);
  one.end();
  expect(running.ids()).toEqual(['other']);
});

it('is idle once nothing runs any more', async () => {
  const running = createRunningTasks();
  await running.idle();
  const [one, other] = [running.begin('one', never()), running.begin('other', never())];
  let isIdle = false;
  const idle = running.idle().then(() => {
    isIdle = true;
  });
  one.end();
  await Promise.resolve();
  expect(isIdle).toBe(false);
  other.end();
  await idle;
});

it('stops a task whose lease is lost', () => {
  const lease = new AbortController();
  const { signal } = createRunningTasks().begin('one', lease.signal);
  lease.abort('lost');
  expect(signal.reason).toBe('lost');
});

it('interrupts all that run, and what comes after', () => {
  const running = createRunningTasks();
  const one = running.begin('one', never());
  running.interruptAll();
  const late = running.begin('late', never());
  for (const { signal } of [one, late]) expect(signal.reason).toMatchObject({ code: 'interrupted' });
});
