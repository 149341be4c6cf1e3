import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRounds } from './rounds.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(round: () => Promise<void> = async () => {}) {
  const state = { wanted: false, rounds: 0, errors: [] as unknown[], round };
  const rounds = createRounds({
    async round() {
      state.rounds += 1;
      await state.round();
    },
    isWanted: () => state.wanted,
    everyMs: 1_000,
    onError: (error) => state.errors.push(error),
  });
  return { state, rounds };
}

test('a failure is reported once until it works again, and the round is retried after a while', async () => {
  const fail = () => Promise.reject(new Error('away'));
  const { state, rounds } = setUp(fail);
  state.wanted = true;
  rounds.call();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(state.rounds).toBe(4);
  expect(state.errors).toHaveLength(1);
  state.round = async () => {};
  await vi.advanceTimersByTimeAsync(1_000);
  state.round = fail;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state.errors).toHaveLength(2);
});

test('no round begins uncalled while nobody wants one', async () => {
  const { state, rounds } = setUp();
  rounds.call();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.rounds).toBe(1);
});

test('rounds go on by themselves for as long as they are wanted', async () => {
  const { state, rounds } = setUp();
  state.wanted = true;
  rounds.call();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(state.rounds).toBe(3);
  state.wanted = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.rounds).toBe(4);
});

test('any number of calls during a round make one more, after it', async () => {
  let finish = () => {};
  const { state, rounds } = setUp(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  rounds.call();
  rounds.call();
  rounds.call();
  expect(state.rounds).toBe(1);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.rounds).toBe(2);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(state.rounds).toBe(2);
});

test('stopping waits for the round under way, and is final', async () => {
  let finish = () => {};
  const { state, rounds } = setUp(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  state.wanted = true;
  rounds.call();
  rounds.call();
  let stopped = false;
  const stopping = rounds.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  finish();
  await stopping;
  rounds.call();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.rounds).toBe(1);
});
