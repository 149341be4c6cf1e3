import { NOBODY } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { checkedRequest, requestHash } from './storyTaskRequest.ts';

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

it('says in sentences what may be given', () => {
  expect(() => run({ task: 'ALL', maxCost: 0 })).toThrow(
    /^payload\.maxCost: Give a number above 0 and of at most \d+\.$/,
  );
  expect(() => run({ task: 'CREATE_SHOT_IMAGES', options: { targetSceneletId: '' } })).toThrow(
    /^payload\.options\.targetSceneletId: Give some text\.$/,
  );
});

describe('the hash of a request', () => {
  it('tells requests apart', () => {
    const hashes = [{ a: 1 }, { a: '1' }, { a: [1, 2] }, { a: [2, 1] }, { a: { b: 1 } }, { a: null }, { b: 1 }, {}].map(
      requestHash,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('does not care about the order of members, nor about those that are not there', () => {
    expect(requestHash({ a: 1, b: { c: 2, d: [3] } })).toBe(requestHash({ b: { d: [3], c: 2 }, a: 1, e: undefined }));
    expect(requestHash({})).toMatch(/^[0-9a-f]{64}$/);
  });
});
