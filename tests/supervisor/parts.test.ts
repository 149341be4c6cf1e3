import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { isAlive, until } from '@story-tree/testkit/database/clusters.ts';
import { expect, test } from 'vitest';
import { type RunningProgram, signalGroup, startProgram } from './support.ts';

const PROGRAM = fileURLToPath(new URL('partsChild.ts', import.meta.url));

function start(state: 'ready' | 'starting', ...parts: string[]): RunningProgram {
  const program = startProgram(PROGRAM, [state, ...parts]);
  return { ...program, said: () => stripVTControlCharacters(program.said()) };
}

/** The processes that a part has been so far. */
function pidsOf({ said }: RunningProgram, part: string): number[] {
  return [...said().matchAll(new RegExp(`^${part}: runs as (\\d+)$`, 'gm'))].map(([, pid]) => Number(pid));
}

async function firstPid(program: RunningProgram, part: string): Promise<number> {
  await until(`${part} runs`, () => pidsOf(program, part).length > 0);
  return pidsOf(program, part)[0] ?? 0;
}

test('a part that cannot start ends everything, with the reason', async () => {
  const program = start('starting', 'steady', 'crashing');
  expect(await program.ended).toBe(1);
  expect(program.said()).toContain('out of order');
  expect(program.said()).toContain('The part crashing could not start.');
  for (const pid of pidsOf(program, 'steady')) expect(isAlive(pid)).toBe(false);
});

test('a part that crashes is started again, each time after a longer wait; others run on', async () => {
  const program = start('ready', 'steady', 'crashing');
  const steady = await firstPid(program, 'steady');
  await until('three restarts', () => pidsOf(program, 'crashing').length > 3);
  const waits = [...program.said().matchAll(/crashing ended unexpectedly \(exit code 1\).* in ([\d.]+) s\./g)];
  expect(waits.slice(0, 3).map(([, wait]) => wait)).toEqual(['0.5', '1', '2']);
  expect(isAlive(steady)).toBe(true);
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});

test('a part that is killed is started again, even before all was ready', async () => {
  const program = start('starting', 'steady');
  process.kill(await firstPid(program, 'steady'), 'SIGKILL');
  await until('it runs again', () => pidsOf(program, 'steady').length === 2);
  expect(program.said()).toContain('The part steady ended unexpectedly (SIGKILL); starting it again in 0.5 s.');
  process.kill(program.pid, 'SIGTERM');
  await program.ended;
});

test('what parts say is told in sentences, and where they listen is passed on', async () => {
  const program = start('ready', 'steady');
  await until('all is said', () => program.said().includes('All is well.'));
  expect(program.said()).toContain('steady: All is well.\n');
  await until('the address is told', () => program.said().includes('listens at http://steady'));
  program.process.kill('SIGTERM');
  await program.ended;
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s to the supervisor tells each part once', async (signal) => {
  const program = start('ready', 'steady');
  const pid = await firstPid(program, 'steady');
  process.kill(program.pid, signal);
  expect(await program.ended).toBe(0);
  expect(program.said().match(/told to stop/g)).toHaveLength(1);
  expect(program.said()).toContain('All parts have ended.');
  expect(isAlive(pid)).toBe(false);
});

test('Ctrl-C in a terminal, which signals the whole group, tells each part once as well', async () => {
  const program = start('ready', 'steady', 'deaf');
  const pids = [await firstPid(program, 'steady'), await firstPid(program, 'deaf')];
  signalGroup(program.pid, 'SIGINT');
  expect(await program.ended).toBe(0);
  expect(program.said().match(/told to stop/g)).toHaveLength(1);
  expect(program.said()).not.toContain('ended unexpectedly');
  for (const pid of pids) expect(isAlive(pid)).toBe(false);
});

test('a second Ctrl-C does not wait, and yet nothing is left', async () => {
  const program = start('ready', 'deaf');
  const pid = await firstPid(program, 'deaf');
  process.kill(program.pid, 'SIGINT');
  await until('it stops', () => program.said().includes('hears nothing'));
  process.kill(program.pid, 'SIGINT');
  expect(await program.ended).toBe(130);
  await until('the part is gone', () => !isAlive(pid));
});

test('a supervisor that is killed leaves no part behind, not even one that does not want to stop', async () => {
  const program = start('ready', 'steady', 'deaf');
  const pids = [await firstPid(program, 'steady'), await firstPid(program, 'deaf')];
  process.kill(program.pid, 'SIGKILL');
  await until('all parts are gone', () => !pids.some(isAlive));
});
