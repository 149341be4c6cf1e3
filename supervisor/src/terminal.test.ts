import { expect, test } from 'vitest';
import { createTerminal } from './terminal.ts';

function streams(isTTY: boolean) {
  let written = '';
  const stream = {
    isTTY,
    columns: 12,
    write: (text: string) => {
      written += text;
      return true;
    },
    on: () => stream,
  };
  const redact = (text: string) => text.replaceAll('secret', '[redacted]');
  const terminal = createTerminal({ stdout: stream as never, stderr: stream as never }, redact);
  return { terminal, written: () => written };
}

test('lines push the status down, and it is drawn again below them', () => {
  const { terminal, written } = streams(true);
  terminal.status('half');
  terminal.line('a line');
  terminal.status(null);
  terminal.line('the end');
  expect(written()).toBe('\r\x1b[Khalf\r\x1b[Ka line\n\r\x1b[Khalf\r\x1b[Kthe end\n');
});

test('a status never wraps', () => {
  const { terminal, written } = streams(true);
  terminal.status('01\n3456789abcdef');
  expect(written()).toBe('\r\x1b[K01 3456789a');
});

test('where there is no terminal, no status is written', () => {
  const { terminal, written } = streams(false);
  terminal.status('half');
  terminal.answer('an answer');
  expect(written()).toBe('an answer\n');
});

test('what comes from elsewhere does not steer the terminal', () => {
  const { terminal, written } = streams(true);
  terminal.status('\x1b[2J');
  terminal.line('\x1b]0;owned\x07a\x9b2Jline');
  terminal.answer('\rb');
  expect(written()).toBe('\r\x1b[K[2J\r\x1b[K]0;owneda2Jline\n\r\x1b[K[2J\r\x1b[Kb\n\r\x1b[K[2J');
});

test('no secret is printed, whoever says it', () => {
  const { terminal, written } = streams(false);
  terminal.line('app: the secret key');
  expect(written()).toBe('app: the [redacted] key\n');
});
