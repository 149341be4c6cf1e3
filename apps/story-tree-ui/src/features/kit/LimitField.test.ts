import { operationDefinition } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { limitOf } from './LimitField.tsx';

it.each([
  ['', {}],
  ['  ', {}],
  ['2', { maxCost: 2 }],
  [' $ 1.50 ', { maxCost: 1.5 }],
  ['0,25', { maxCost: 0.25 }],
])('reads %j', (text, limit) => {
  expect(limitOf(text)).toEqual(limit);
  const payload = { task: 'ALL', ...limit };
  expect(operationDefinition('RUN_WORKFLOW_TASK').payload.safeParse(payload).success).toBe(true);
});

it.each(['0', '-1', 'two', '1e9', '1.2.3', 'Infinity', 'NaN'])('refuses %j as the server does', (text) => {
  expect(limitOf(text)).toHaveProperty('complaint');
  const payload = { task: 'ALL', maxCost: Number(text) };
  expect(operationDefinition('RUN_WORKFLOW_TASK').payload.safeParse(payload).success).toBe(false);
});
