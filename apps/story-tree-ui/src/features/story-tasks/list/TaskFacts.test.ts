import { expect, it } from 'vitest';
import { anEvent } from '../../live/testTasks.ts';
import { estimateOf } from './TaskFacts.tsx';

it('finds the estimate of a task in its log', () => {
  const payload = { calls: 12, costUsd: null, durationMs: 9_000, tasks: [] };
  const events = [anEvent({ step: 'unit-done' }), anEvent({ step: 'estimated', payload })];
  expect(estimateOf(events)).toEqual({ calls: 12, costUsd: null, durationMs: 9_000 });
});

it('finds nothing where nothing was, or what no estimate is', () => {
  expect(estimateOf([anEvent({ step: 'started' })])).toBeNull();
  expect(estimateOf([anEvent({ step: 'estimated', payload: { calls: 'many' } })])).toBeNull();
});
