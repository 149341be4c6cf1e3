import { StoryTreeError } from '@story-tree/domain';
import { describe, expect, test, vi } from 'vitest';
import { createPatience } from './patience.ts';

const AWAY = new StoryTreeError('database_unavailable', 'Away.');
const LOST = new StoryTreeError('lease_lost', 'Lost.');

function rig() {
  const controller = new AbortController();
  const told: string[] = [];
  const patience = createPatience({
    signal: controller.signal,
    log: (_level, message) => told.push(message),
    pauseMs: { first: 1, most: 4 },
  });
  return { ...patience, controller, told };
}

/** Fails so often, then works. */
const failing = (times: number) =>
  vi.fn(async () => {
    times -= 1;
    if (times >= 0) throw AWAY;
    return 'stored';
  });

describe('work while the database is away', () => {
  test('is repeated until the database is back, which is reported once for all that wait', async () => {
    const { outlast, told } = rig();
    const works = [failing(30), failing(20)];
    expect(await Promise.all(works.map((work) => outlast(work)))).toEqual(['stored', 'stored']);
    expect(works.map((work) => work.mock.calls.length)).toEqual([31, 21]);
    const away = told.filter((message) => message.startsWith('The run waits for the database'));
    expect(away.length).toBeGreaterThan(0);
    expect(told.at(-1)).toBe('The database is back.');
  });

  test('has one last chance when there is no more time', async () => {
    const { outlast, controller } = rig();
    const work = failing(1_000);
    const outcome = expect(outlast(work)).rejects.toBe(AWAY);
    await vi.waitUntil(() => work.mock.calls.length > 5);
    const before = work.mock.calls.length;
    controller.abort();
    await outcome;
    expect(work).toHaveBeenCalledTimes(before + 1);
  });

  test('is done once after that', async () => {
    const { outlast, controller } = rig();
    controller.abort();
    expect(await outlast(failing(0))).toBe('stored');
    const work = failing(1);
    await expect(outlast(work)).rejects.toBe(AWAY);
    expect(work).toHaveBeenCalledTimes(1);
  });
});

test('any other failure is reported at once', async () => {
  const { outlast, told } = rig();
  const work = vi.fn(() => Promise.reject(LOST));
  await expect(outlast(work)).rejects.toBe(LOST);
  expect(work).toHaveBeenCalledTimes(1);
  expect(told).toEqual([]);
});
