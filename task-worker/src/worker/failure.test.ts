import { StoryTreeError } from '@story-tree/domain';
import { secretsOf } from '@story-tree/runtime';
import { expect, it } from 'vitest';
import { toldFailure } from './failure.ts';

const KEY = 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY';
const { redact } = secretsOf({ GEMINI_API_KEY: KEY, DATABASE_URL: 'postgresql://me:p%40ssw0rd@db.example/x' });

it('tells the facts of an error, what was wrong where, and what brought it about, without any secret', () => {
  const refusal = new Error(`HTTP 400: ${btoa(`key ${KEY}`)}`, { cause: new Error('p@ssw0rd') });
  const error = new StoryTreeError('model_rejected', `Refused ${KEY}.`, {
    cause: refusal,
    details: { reason: KEY.slice(0, 12) },
    issues: [{ path: 'a.b', message: `not ${encodeURIComponent(KEY)}` }],
  });
  expect(toldFailure(error, redact)).toEqual({
    code: 'model_rejected',
    message: 'Refused [redacted].',
    details: {
      reason: '[redacted]',
      issues: [{ path: 'a.b', message: 'not [redacted]' }],
      cause: expect.stringMatching(/^HTTP 400: .{0,8}\[redacted\].{0,3}: \[redacted\]$/),
    },
  });
});

it('tells nothing of an unexpected error, and has no details where there are none', () => {
  expect(toldFailure(new Error('a secret of somebody'), redact)).toMatchObject({ code: 'internal', details: {} });
  expect(toldFailure(new StoryTreeError('model_blocked', 'No.'), redact).details).toEqual({});
});
