import { NOBODY } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { checkedRequest } from './storyTaskRequest.ts';

const run = (payload: Record<string, unknown>) =>
  checkedRequest({ operation: 'RUN_WORKFLOW_TASK', storyId: 'story-1', payload, requestedBy: NOBODY });

it('keeps all that is asked of a workflow task, its limit included', () => {
  const payload = { task: 'CREATE_SHOT_IMAGES', options: { resume: true }, maxCost: 2.5 };
  expect(run(payload)).toEqual({ operation: 'RUN_WORKFLOW_TASK', payload });
  expect(run({ task: 'ALL', maxCost: 2.5 }).payload).toMatchObject({ task: 'ALL', maxCost: 2.5 });
});

it.each([0, -1, 1e9, Number.NaN, '2', null])('takes no limit of %j', (maxCost) => {
  expect(() => run({ task: 'ALL', maxCost })).toThrow(/^payload\.maxCost: /);
});
