import { describe, expect, it } from 'vitest';
import { taskTimes } from './taskTimes.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, seconds)).toISOString();
const now = Date.parse(at(100));

const asked = { status: 'queued', createdAt: at(0), startedAt: null, finishedAt: null } as const;
const begun = { ...asked, status: 'running', startedAt: at(4) } as const;

describe('taskTimes', () => {
  it('keeps waiting apart from running', () => {
    expect(taskTimes(asked, now)).toEqual({ waitedMs: 100_000, ranMs: null });
    expect(taskTimes(begun, now)).toEqual({ waitedMs: 4_000, ranMs: 96_000 });
    expect(taskTimes({ ...begun, finishedAt: at(64) }, now)).toEqual({ waitedMs: 4_000, ranMs: 60_000 });
  });

  it('ends the waiting of a task that was cancelled before it began', () => {
    expect(taskTimes({ ...asked, status: 'cancelled', finishedAt: at(9) }, now)).toEqual({
      waitedMs: 9_000,
      ranMs: null,
    });
  });

  it('is never negative when the clock of the browser is behind', () => {
    expect(taskTimes(begun, Date.parse(at(2)))).toEqual({ waitedMs: 4_000, ranMs: 0 });
    expect(taskTimes(asked, Date.parse(at(-5)))).toEqual({ waitedMs: 0, ranMs: null });
  });
});
