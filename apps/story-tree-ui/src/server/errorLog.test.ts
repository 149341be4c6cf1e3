import { StoryTreeError } from '@story-tree/domain';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createErrorLog } from './errorLog.ts';
import type { Logger } from './log.ts';

let told: unknown[];
let note: ReturnType<typeof createErrorLog>;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  told = [];
  const at = (level: string) => (fields: object, message: string) => told.push([level, message, fields]);
  note = createErrorLog({ debug: at('debug'), warn: at('warn'), error: at('error') } as unknown as Logger);
});
afterEach(() => vi.useRealTimers());

const outage = (code: 'not_configured' | 'database_unavailable') =>
  new StoryTreeError(code, 'It is away.', {
    cause: new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
  });

it('an outage is told with its reason, once a minute however many requests run into it', () => {
  const line = (code: string) => ['warn', 'It is away.', { code, reason: 'fetch failed: connect ECONNREFUSED' }];
  for (let times = 0; times < 3; times += 1) note(outage('not_configured'));
  note(outage('database_unavailable'));
  expect(told).toEqual([line('not_configured'), line('database_unavailable')]);
  vi.advanceTimersByTime(60_000);
  note(outage('not_configured'));
  expect(told).toHaveLength(3);
});

it('an unexpected error is told every time, with its stack', () => {
  const error = new TypeError('x is undefined');
  for (const thrown of [error, error]) note(thrown);
  expect(told).toEqual(Array(2).fill(['error', 'A request failed unexpectedly.', { err: error }]));
});

it.each([
  ['what somebody did wrong', new StoryTreeError('not_found', 'There is none.')],
  ['a client that has gone', Object.assign(new Error('aborted'), { code: 'ECONNRESET' })],
  ['a client that stopped reading', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })],
])('%s is for whoever looks for a fault alone', (_what, thrown) => {
  note(thrown);
  expect(told).toEqual([['debug', 'A request was refused.', expect.not.objectContaining({ err: thrown })]]);
});
