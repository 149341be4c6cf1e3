import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { withLock } from '../../launcher/lock.mjs';
import { firstLine, outcomeOf, startProgram, temporaryFolder } from './support.ts';

const done = async () => 'done';

test('others wait for a lock that is held, and are told so once', async () => {
  const folder = temporaryFolder();
  const onWait = vi.fn();
  const order: string[] = [];
  let second: Promise<void> | undefined;
  await withLock(
    folder,
    async () => {
      second = withLock(folder, async () => void order.push('second'), onWait);
      await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce());
      order.push('first');
    },
    () => {},
  );
  await second;
  expect(order).toEqual(['first', 'second']);
  expect(onWait).toHaveBeenCalledOnce();
});

test('a lock is released when the work fails', async () => {
  const folder = temporaryFolder();
  const work = () => Promise.reject(new Error('broken'));
  await expect(withLock(folder, work, () => {})).rejects.toThrow('broken');
  expect(await withLock(folder, done, () => {})).toBe('done');
});

test('a killed holder does not leave the lock stuck', async () => {
  const folder = temporaryFolder();
  const holder = startProgram('holdLock.mjs', [folder]);
  await firstLine(holder);
  const onWait = vi.fn(() => void holder.kill('SIGKILL'));
  expect(await withLock(folder, done, onWait)).toBe('done');
  expect(onWait).toHaveBeenCalledOnce();
});

test('a process started by a killed holder keeps the lock until it ends too', async () => {
  const folder = temporaryFolder();
  const holder = startProgram('holdLock.mjs', [folder, 'share']);
  const survivor = Number(await firstLine(holder));
  onTestFinished(() => stop(survivor));
  holder.kill('SIGKILL');
  await outcomeOf(holder);

  const entered = vi.fn(done);
  const waiting = withLock(folder, entered, () => {});
  await sleep(1_000);
  expect(entered).not.toHaveBeenCalled();
  stop(survivor);
  expect(await waiting).toBe('done');
});

test('many processes at once enter one by one', async () => {
  const folder = temporaryFolder();
  const file = join(temporaryFolder(), 'number');
  writeFileSync(file, '0');
  const processes = Array.from({ length: 4 }, () => outcomeOf(startProgram('addOne.mjs', [folder, file])));
  expect((await Promise.all(processes)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(file, 'utf8')).toBe('12');
});

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
