import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepLease } from './keepLease.ts';
import { failure } from './testFixtures.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function keep(renew: () => Promise<boolean>) {
  return keepLease({ askedAt: performance.now(), ttlMs: 900, renewEveryMs: 300, renew });
}

test('a refused renewal loses the lease at once', async () => {
  const { lost } = keep(async () => false);
  await vi.advanceTimersByTimeAsync(299);
  expect(lost.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost.reason).toMatchObject(failure('lease_lost'));
});

test('renewals that fail are tried again until the lease must have run out', async () => {
  const renew = vi.fn(() => Promise.reject(new Error('no database')));
  const { lost } = keep(renew);
  await vi.advanceTimersByTimeAsync(899);
  expect(renew).toHaveBeenCalledTimes(2);
  expect(lost.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost.reason).toMatchObject(failure('lease_lost'));
});

test('one renewal that comes through after failures keeps the lease for as long again', async () => {
  const renew = vi.fn(async () => true).mockRejectedValueOnce(new Error('no database'));
  const { lost } = keep(renew);
  await vi.advanceTimersByTimeAsync(5000);
  expect(lost.aborted).toBe(false);
});

test('a renewal that never answers does not hide the expiry, nor is a second one sent after it', async () => {
  const renew = vi.fn(() => new Promise<boolean>(() => {}));
  const { lost } = keep(renew);
  await vi.advanceTimersByTimeAsync(900);
  expect(lost.aborted).toBe(true);
  expect(renew).toHaveBeenCalledTimes(1);
});

test('a renewal counts from the moment it was asked for, not answered', async () => {
  const answers: ((held: boolean) => void)[] = [];
  const { lost } = keep(() => new Promise((resolve) => answers.push(resolve)));
  await vi.advanceTimersByTimeAsync(800);
  answers[0]?.(true);
  await vi.advanceTimersByTimeAsync(399);
  expect(lost.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost.aborted).toBe(true);
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
