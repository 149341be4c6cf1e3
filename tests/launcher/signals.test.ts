import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@story-tree/testkit/database/clusters.ts';
import { expect, onTestFinished, test } from 'vitest';
import { CHECKOUT, firstLine, outcomeOf, programPath, startProgram, temporaryFolder, writeFiles } from './support.ts';

/** A launcher in its own process group, with a child that counts the signals it gets. */
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

test('a launcher stops its child once when it loses the npm that started it', async () => {
  const parent = startProgram('mortalParent.mjs', ['relay.mjs', 'countSignals.mjs'], { detached: true });
  const { pid } = parent;
  if (pid === undefined) throw new Error('the parent did not start');
  onTestFinished(() => killGroup(pid));
  expect(await firstLine(parent)).toBe('ready');
  const outcome = outcomeOf(parent);
  process.kill(pid, 'SIGKILL');
  expect((await outcome).stdout).toBe('SIGTERM\n');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s to a real npm alone reaches the child once', async (signal) => {
  const root = temporaryFolder();
  const script = `exec "${process.execPath}" "${programPath('relay.mjs')}" countSignals.mjs`;
  writeFiles(root, { 'package.json': { scripts: { count: script } } });
  const npm = spawn('npm', ['run', '--silent', 'count'], { cwd: root, detached: true });
  const { pid } = npm;
  if (pid === undefined) throw new Error('npm did not start');
  onTestFinished(() => killGroup(pid));
  expect(await firstLine(npm)).toBe('ready');
  const outcome = outcomeOf(npm);
  process.kill(pid, signal);
  expect((await outcome).stdout).toBe(`${signal}\n`);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops what runs quietly: that is said at once, and what does not end is killed with all that it has started',
  async (signal) => {
    const file = join(temporaryFolder(), 'pids');
    const launcher = startProgram('quiet.mjs', ['stubborn.mjs', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    const pids = readFileSync(file, 'utf8').split(' ').map(Number);
    onTestFinished(() => {
      for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
    });
    const outcome = outcomeOf(launcher);
    launcher.kill(signal);
    const { code, stderr } = await outcome;
    expect(code).toBe(130);
    expect(stderr).toBe('story-tree: Stopping…\nstory-tree: Interrupted; run this again to continue from here.\n');
    for (const pid of pids) await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  },
);

test('every npm script replaces its shell, so that npm signals the launcher itself', () => {
  const { scripts } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
  for (const [name, script] of Object.entries(scripts)) expect(script).toBe(`exec node launcher.cjs ${name}`);
});

test('when the child ends by itself, the launcher exits with its code', async () => {
  expect((await outcomeOf(startProgram('relay.mjs', ['end.mjs', '7']))).code).toBe(7);
});

test('when a signal ends the child, the launcher exits with 128 plus its number', async () => {
  expect((await outcomeOf(startProgram('relay.mjs', ['end.mjs', 'SIGKILL']))).code).toBe(137);
});

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has already ended.
  }
}
