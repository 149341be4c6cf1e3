import type { ChildProcess } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { firstLine, outcomeOf, startProgram } from './support.ts';

/** A launcher in a process group of its own, with a child that counts the signals it gets. */
async function startCounting(): Promise<{ launcher: ChildProcess; pid: number }> {
  const launcher = startProgram('relay.mjs', ['countSignals.mjs'], { detached: true });
  const { pid } = launcher;
  if (pid === undefined) throw new Error('the launcher did not start');
  onTestFinished(() => killGroup(pid));
  expect(await firstLine(launcher)).toBe('ready');
  return { launcher, pid };
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s to the launcher alone is passed on once', async (signal) => {
  const { launcher, pid } = await startCounting();
  process.kill(pid, signal);
  expect((await outcomeOf(launcher)).code).toBe(1);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s to the whole group reaches the child once', async (signal) => {
  const { launcher, pid } = await startCounting();
  process.kill(-pid, signal);
  expect((await outcomeOf(launcher)).code).toBe(1);
});

test('a Ctrl-C that npm passes on as well reaches the child once', async () => {
  const { launcher, pid } = await startCounting();
  process.kill(-pid, 'SIGINT');
  process.kill(pid, 'SIGINT');
  expect((await outcomeOf(launcher)).code).toBe(1);
});

test('a different signal after the first is passed on too', async () => {
  const { launcher, pid } = await startCounting();
  process.kill(-pid, 'SIGINT');
  process.kill(pid, 'SIGTERM');
  expect((await outcomeOf(launcher)).code).toBe(2);
});

test('a signal to npm alone, which takes its shell along, stops the child once', async () => {
  const shell = startProgram('npmShell.mjs', ['relay.mjs', 'countSignals.mjs'], { detached: true });
  const { pid } = shell;
  if (pid === undefined) throw new Error('the shell did not start');
  onTestFinished(() => killGroup(pid));
  expect(await firstLine(shell)).toBe('ready');
  const outcome = outcomeOf(shell);
  process.kill(pid, 'SIGTERM');
  expect((await outcome).stdout).toBe('SIGTERM\n');
});

test('a child that ends by itself gives the launcher its exit code', async () => {
  expect((await outcomeOf(startProgram('relay.mjs', ['end.mjs', '7']))).code).toBe(7);
});

test('a child that a signal ended gives 128 and the number of the signal', async () => {
  expect((await outcomeOf(startProgram('relay.mjs', ['end.mjs', 'SIGKILL']))).code).toBe(137);
});

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}
