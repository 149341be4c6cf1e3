import { type ErrorCode, StoryTreeError } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { severityOf } from './severity.ts';

it.each<[ErrorCode, string]>([
  ['budget_reached', 'info'],
  ['prerequisite_missing', 'info'],
  ['not_found', 'info'],
  ['model_unavailable', 'warn'],
  ['model_blocked', 'warn'],
  ['model_unauthorized', 'error'],
  ['model_quota_exhausted', 'error'],
  ['file_error', 'error'],
  ['not_configured', 'error'],
])('%s is told at the level %s, without a stack', (code, level) => {
  const severity = severityOf(new StoryTreeError(code, 'So it is.', { cause: new Error('deep inside') }));
  expect(severity).toEqual({ level, fields: { code, reason: 'So it is.' } });
});

it('is an error with its stack when nobody expected it', () => {
  const thrown = new TypeError('x is undefined');
  expect(severityOf(thrown)).toEqual({ level: 'error', fields: { code: 'internal', error: thrown } });
});
