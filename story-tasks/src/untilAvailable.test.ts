import { type ErrorCode, StoryTreeError } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { untilAvailable } from './untilAvailable.ts';

/** Work that fails with these, one after the other, and then succeeds; `told` is what is said of it. */
function work(...failures: [code: ErrorCode, message: string][]) {
  const told: string[] = [];
  let attempts = 0;
  return {
    told,
    attempts: () => attempts,
    log: (_level: string, message: string) => void told.push(message),
    async run() {
      const [code, message] = failures[attempts++] ?? [];
      if (code !== undefined) throw new StoryTreeError(code, String(message));
      return 'done';
    },
  };
}

test('what may pass is tried again, and told when it changes', async () => {
  const away: [ErrorCode, string] = ['database_unavailable', 'Away.'];
  const { told, log, run, attempts } = work(away, away, away, ['database_unavailable', 'Starting.'], away);
  expect(await untilAvailable(run, { log, pauseMs: 1 })).toBe('done');
  expect(attempts()).toBe(6);
  expect(told.map((message) => message.split(' ')[0])).toEqual(['Away.', 'Starting.', 'Away.']);
});

test('what does not pass is thrown at once', async () => {
  const { told, log, run, attempts } = work(['not_configured', 'Wrong.']);
  await expect(untilAvailable(run, { log, pauseMs: 1 })).rejects.toMatchObject({ code: 'not_configured' });
  expect([attempts(), told]).toEqual([1, []]);
});

test('without patience there is one attempt, whose failure speaks for itself', async () => {
  const { told, log, run, attempts } = work(['database_unavailable', 'Away.']);
  await expect(untilAvailable(run, { log, patienceMs: 0 })).rejects.toMatchObject({ message: 'Away.' });
  expect([attempts(), told]).toEqual([1, []]);
});

test('an attempt that does not come to an end is given up with the signal', async () => {
  const stop = new AbortController();
  const waiting = untilAvailable(() => new Promise(() => undefined), { log: () => undefined, signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
