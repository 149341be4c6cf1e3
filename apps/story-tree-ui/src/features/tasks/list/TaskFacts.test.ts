import { expect, it } from 'vitest';
import { anEvent } from '../../live/testTasks.ts';
import { foreseenOf } from './TaskFacts.tsx';

it('finds what was foreseen of a task in its log', () => {
  const payload = { calls: 12, costUsd: null, durationMs: 9_000, tasks: [] };
  const events = [anEvent({ step: 'unit-done' }), anEvent({ step: 'estimated', payload })];
  expect(foreseenOf(events)).toEqual({ calls: 12, costUsd: null, durationMs: 9_000 });
});

it('finds nothing where nothing was, or what no estimate is', () => {
  expect(foreseenOf([anEvent({ step: 'started' })])).toBeNull();
  expect(foreseenOf([anEvent({ step: 'estimated', payload: { calls: 'many' } })])).toBeNull();
});
