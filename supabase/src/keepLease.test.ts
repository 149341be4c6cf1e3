import { failure } from '@story-tree/testkit/database/fixtures.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepLease } from './keepLease.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const keep = (renew: () => Promise<boolean>) => keepLease({ renewEveryMs: 300, renew });
const away = () => Promise.reject(new Error('no database'));

test('a refused renewal loses the lease at once', async () => {
  const { lost } = keep(async () => false);
  await vi.advanceTimersByTimeAsync(299);
  expect(lost.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost.reason).toMatchObject(failure('lease_lost'));
});

test('failed renewals lose nothing, however long they fail, and are retried sooner than usual', async () => {
  const renew = vi.fn(away);
  const { lost } = keep(renew);
  await vi.advanceTimersByTimeAsync(300);
  expect(renew).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(250 * 40);
  expect(renew).toHaveBeenCalledTimes(41);
  expect(lost.aborted).toBe(false);
});

test('after an outage, the first answer decides', async () => {
  const renewed = keep(vi.fn(async () => true).mockImplementationOnce(away));
  const refused = keep(vi.fn(async () => false).mockImplementationOnce(away));
  await vi.advanceTimersByTimeAsync(550);
  expect(renewed.lost.aborted).toBe(false);
  expect(refused.lost.reason).toMatchObject(failure('lease_lost'));
});

test('while a renewal is not answered, no other is sent', async () => {
  const renew = vi.fn(() => new Promise<boolean>(() => {}));
  const { lost } = keep(renew);
  await vi.advanceTimersByTimeAsync(5000);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(lost.aborted).toBe(false);
});

test('once stopped, nothing renews and nothing is lost', async () => {
  const answers: ((held: boolean) => void)[] = [];
  const renew = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)));
  const { lost, stop } = keep(renew);
  await vi.advanceTimersByTimeAsync(300);
  stop();
  answers[0]?.(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(lost.aborted).toBe(false);
});
