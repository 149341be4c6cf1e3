import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ModelSlots, slotCounts } from './slots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many slots can be had now; gives them back. */
function free(slots: ModelSlots): number {
  let taken = 0;
  while (slots.tryAcquire('image')) taken += 1;
  for (let each = 0; each < taken; each += 1) slots.release('image', 'failed');
  return taken;
}

function succeed(slots: ModelSlots, times: number): void {
  for (let each = 0; each < times; each += 1) {
    slots.tryAcquire('image');
    slots.release('image', 'succeeded');
  }
}

test('speech has one slot, the others as many as asked for, unless told otherwise', () => {
  expect(slotCounts(4)).toEqual({ text: 4, image: 4, speech: 1 });
  expect(slotCounts(4, 3)).toEqual({ text: 4, image: 4, speech: 3 });
});

test('a slot taken is free again once released', () => {
  const slots = new ModelSlots(slotCounts(1));
  expect(slots.tryAcquire('image')).toBe(true);
  expect(slots.tryAcquire('image')).toBe(false);
  expect(slots.tryAcquire('text')).toBe(true);
  slots.release('image', 'failed');
  expect(slots.tryAcquire('image')).toBe(true);
});

describe('a service that wants less load', () => {
  test('halves its slots, down to one, and leaves the others alone', () => {
    const slots = new ModelSlots(slotCounts(6));
    const limits: number[] = [];
    for (let times = 0; times < 4; times += 1) {
      slots.throttle('image', 100);
      vi.advanceTimersByTime(101);
      limits.push(slots.limit('image'));
    }
    expect(limits).toEqual([3, 1, 1, 1]);
    expect(slots.limit('text')).toBe(6);
  });

  test('halves once for all the calls that were in progress when the pause began', () => {
    const slots = new ModelSlots(slotCounts(8));
    slots.throttle('image', 100);
    slots.throttle('image', 200);
    expect(slots.limit('image')).toBe(4);
    vi.advanceTimersByTime(150);
    expect(free(slots)).toBe(0);
    vi.advanceTimersByTime(51);
    expect(free(slots)).toBe(4);
  });

  test('is left alone for as long as it asks, then whoever waits is told', () => {
    const slots = new ModelSlots(slotCounts(4));
    slots.throttle('image', 1_000);
    const seen: number[] = [];
    const stop = slots.onFree(() => seen.push(slots.tryAcquire('image') ? 1 : 0));
    vi.advanceTimersByTime(999);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(seen).toEqual([1]);
    stop();
    slots.release('image', 'failed');
    expect(seen).toEqual([1]);
  });

  test('a shorter pause does not cut a longer one short', () => {
    const slots = new ModelSlots(slotCounts(4));
    slots.throttle('image', 1_000);
    slots.throttle('image', 10);
    vi.advanceTimersByTime(500);
    expect(free(slots)).toBe(0);
  });

  test('gets a slot back for every eight successes in a row, never more than it had', () => {
    const slots = new ModelSlots(slotCounts(4));
    slots.throttle('image', 1);
    vi.advanceTimersByTime(2);
    succeed(slots, 7);
    slots.tryAcquire('image');
    slots.release('image', 'failed');
    succeed(slots, 7);
    expect(slots.limit('image')).toBe(2);
    succeed(slots, 1);
    expect(slots.limit('image')).toBe(3);
    succeed(slots, 100);
    expect(slots.limit('image')).toBe(4);
  });

  test('keeps no program alive that has nothing else to do', () => {
    vi.useRealTimers();
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    new ModelSlots(slotCounts(4)).throttle('image', 60_000);
    expect(timers()).toBe(before);
  });
});
