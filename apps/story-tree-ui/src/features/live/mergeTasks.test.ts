import { describe, expect, it } from 'vitest';
import { mergeEvents, mergeTask } from './mergeTasks.ts';
import { anEvent, aTask } from './testTasks.ts';

describe('mergeTask', () => {
  it('keeps a task that is over as it is, whatever comes after', () => {
    const over = aTask({ status: 'failed', progress: 40, finishedAt: '2026-11-20T10:01:00.000Z' });

    expect(mergeTask(over, aTask({ status: 'running', progress: 90 }))).toBe(over);
    expect(mergeTask(over, aTask({ status: 'succeeded', progress: 100 }))).toBe(over);
  });

  it('never lets progress or status go back', () => {
    const later = aTask({ status: 'running', progress: 60, startedAt: '2026-11-20T10:00:01.000Z' });
    const earlier = aTask({ status: 'queued', progress: 0 });

    expect(mergeTask(later, earlier)).toMatchObject({ status: 'running', progress: 60, startedAt: later.startedAt });
    expect(mergeTask(earlier, later)).toMatchObject({ status: 'running', progress: 60, startedAt: later.startedAt });
    expect(mergeTask(later, aTask({ status: 'running', progress: 30 })).progress).toBe(60);
  });

  it('takes the progress of the end, which a failure freezes', () => {
    const running = aTask({ status: 'running', progress: 60 });

    expect(mergeTask(running, aTask({ status: 'failed', progress: 60 }))).toMatchObject({ status: 'failed' });
    expect(mergeTask(running, aTask({ status: 'succeeded', progress: 100 })).progress).toBe(100);
  });

  it('remembers that somebody asked it to stop', () => {
    const asked = aTask({ status: 'running', cancelRequestedAt: '2026-11-20T10:00:30.000Z' });

    expect(mergeTask(asked, aTask({ status: 'running', progress: 70 })).cancelRequestedAt).toBe(
      asked.cancelRequestedAt,
    );
  });

  it('gives the very same object when nothing is new', () => {
    const task = aTask({ status: 'running', progress: 10 });

    expect(mergeTask(task, { ...task })).toBe(task);
  });

  it('comes to the same end in any order', () => {
    const sightings = [
      aTask({ status: 'queued', progress: 0 }),
      aTask({ status: 'running', progress: 20, startedAt: '2026-11-20T10:00:01.000Z' }),
      aTask({ status: 'running', progress: 80, startedAt: '2026-11-20T10:00:01.000Z' }),
      aTask({
        status: 'succeeded',
        progress: 100,
        startedAt: '2026-11-20T10:00:01.000Z',
        finishedAt: '2026-11-20T10:02:00.000Z',
      }),
    ];
    const inOrder = sightings.reduce(mergeTask);

    expect([...sightings].reverse().reduce(mergeTask)).toEqual(inOrder);
    expect([2, 0, 3, 1, 2].map((index) => sightings[index] ?? inOrder).reduce(mergeTask)).toEqual(inOrder);
  });
});

describe('mergeEvents', () => {
  it('has each line once, in the order of ids, however they come', () => {
    const parts = [
      ['9', '10'],
      ['8', '10'],
      ['11', '9'],
    ].map((ids) => ids.map((id) => anEvent({ id })));

    const merged = parts.reduce(mergeEvents, []);

    expect(merged.map(({ id }) => id)).toEqual(['8', '9', '10', '11']);
  });

  it('orders ids too long for a number', () => {
    const ids = ['9007199254740993', '9007199254740992', '90071992547409921'];

    expect(
      mergeEvents(
        [],
        ids.map((id) => anEvent({ id })),
      ).map(({ id }) => id),
    ).toEqual(['9007199254740992', '9007199254740993', '90071992547409921']);
  });

  it('fills a gap when what was missed comes later', () => {
    const before = [anEvent({ id: '1' }), anEvent({ id: '5' })];

    expect(mergeEvents(before, [anEvent({ id: '3' }), anEvent({ id: '4' })]).map(({ id }) => id)).toEqual([
      '1',
      '3',
      '4',
      '5',
    ]);
  });

  it('gives the very same list when all is known', () => {
    const known = mergeEvents([], [anEvent({ id: '1' }), anEvent({ id: '2' })]);

    expect(mergeEvents(known, [anEvent({ id: '2' })])).toBe(known);
  });
});
