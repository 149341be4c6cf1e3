import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type PartLine, readableLine } from './logLines.ts';

function read(given: string | object, { stream = 'stderr', verbose = false }: Partial<PartLine> = {}): string | null {
  const line = typeof given === 'string' ? given : JSON.stringify(given);
  const text = readableLine({ part: 'worker', line, stream, verbose });
  return text === null ? null : stripVTControlCharacters(text);
}

test.each<[string, string | object, string | null]>([
  ['a log line gives its sentence alone', { level: 30, time: 1, pid: 2, msg: 'Done.', taskId: 'x' }, 'worker: Done.'],
  [
    'a story task says what it does',
    { level: 30, msg: 'Done.', operation: 'RENAME_STORY' },
    'worker: Done. (RENAME_STORY)',
  ],
  ['a warning is marked', { level: 40, msg: 'Slow.' }, 'worker: Warning: Slow.'],
  ['an error is marked', { level: 50, msg: 'Broken.' }, 'worker: Error: Broken.'],
  [
    'an unexpected error tells what lies behind it',
    { level: 60, msg: 'Something went wrong.', code: 'internal', err: { message: 'x is undefined', stack: 'at y' } },
    'worker: Error: Something went wrong. (x is undefined)',
  ],
  [
    'also when it stands one error deeper',
    {
      level: 50,
      msg: 'It failed. The log has the details.',
      code: 'internal',
      error: { message: 'It failed. The log has the details.', cause: { message: 'x is undefined' } },
    },
    'worker: Error: It failed. (x is undefined)',
  ],
  [
    'an expected error does not',
    { level: 50, msg: 'Set PORT.', code: 'not_configured', err: { message: 'listen EADDRINUSE' } },
    'worker: Error: Set PORT.',
  ],
  ['what is not a log line stays as it is', '    at main (x.ts:1)', 'worker:     at main (x.ts:1)'],
  ['half a log line stays as it is', '{"level":30,"ms', 'worker: {"level":30,"ms'],
  ['other JSON stays as it is', '{"a":1}', 'worker: {"a":1}'],
  [
    'a sentence has one line',
    { level: 30, msg: 'Done.\nStory Tree is ready: x' },
    'worker: Done. Story Tree is ready: x',
  ],
  ['an empty line is dropped', '  ', null],
  ['where the app listens is told by others', { level: 30, msg: 'Ready.', type: 'listening', url: 'x' }, null],
])('%s', (_, line, wanted) => {
  expect(read(line)).toBe(wanted);
});

test('who wants to know more gets the stack', () => {
  const line = { level: 50, msg: 'Broken.', err: { message: 'Broken.', stack: 'Error: Broken.\n    at y' } };
  expect(read(line, { verbose: true })).toBe('worker: Error: Broken.\nError: Broken.\n    at y');
});

test.each([
  { line: 'Compiled', stream: 'stdout' },
  { line: ' ✓ Compiled', stream: 'stderr' },
] as const)('what libraries say of themselves on $stream is for those who want to know more', ({ line, stream }) => {
  expect(read(line, { stream })).toBeNull();
  expect(read(line, { stream, verbose: true })).toBe(`worker: ${line}`);
});
