import { ERROR_CODES } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { failureAdvice } from './failureAdvice.ts';

/** Told to whoever asks, before a task comes into being. */
const OF_REQUESTS = ['usage', 'bad_request', 'unauthorized', 'forbidden', 'method_not_allowed', 'payload_too_large'];
const OF_TASKS_ASKED_FOR = ['idempotency_mismatch', 'too_many_requests', 'task_ended', 'task_unstoppable', 'cancelled'];
const NEVER_OF_TASKS = [...OF_REQUESTS, ...OF_TASKS_ASKED_FOR, 'unsupported_media_type'];

const general = failureAdvice('a code of tomorrow');

it('knows what to do about every way in which a task can fail', () => {
  const codes = Object.keys(ERROR_CODES).filter((code) => !NEVER_OF_TASKS.includes(code));
  expect(codes.filter((code) => failureAdvice(code).next === general.next)).toEqual([]);
});

it('speaks in whole sentences', () => {
  for (const code of Object.keys(ERROR_CODES)) expect(failureAdvice(code).next).toMatch(/^[A-Z].*\.$/);
});

it('offers another try for what it does not know, and for whatever may pass by itself', () => {
  expect(general.canRetry).toBe(true);
  const passing = Object.entries(ERROR_CODES).filter(([, { retry }]) => retry);
  expect(passing.filter(([code]) => !failureAdvice(code).canRetry)).toEqual([]);
  expect(failureAdvice('not_found').canRetry).toBe(false);
});
