import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocked, withFileLock } from '../../supabase/src/embedded/fileLock.ts';

const MODULE = path.resolve(import.meta.dirname, '../../supabase/src/embedded/fileLock.ts');
const PATIENCE_MS = 60_000;

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'story-tree-lock-'));
  file = path.join(directory, 'lock');
});

afterEach(() => rm(directory, { recursive: true }));

describe('a file lock', () => {
  it('gives up with a message when its holder does not let go', async () => {
    await withFileLock(file, 0, async () => {
      const second = withFileLock(file, 100, async () => undefined);
      await expect(second).rejects.toMatchObject({
        code: 'database_unavailable',
        message: expect.stringContaining(file),
      });
    });
  });

  it('is not waited for once the result of its holder’s work is there', async () => {
    const found = [undefined, 'there'];
    await withFileLock(file, 0, async () => {
      const second = withFileLock(
        file,
        PATIENCE_MS,
        async () => 'made',
        async () => found.shift(),
      );
      expect(await second).toBe('there');
      expect(found).toEqual([]);
    });
  });

  it('says when the file cannot be made', async () => {
    const nowhere = path.join(directory, 'nowhere', 'lock');
    await expect(withFileLock(nowhere, 0, async () => undefined)).rejects.toMatchObject({ code: 'file_error' });
  });

  it('lets one at a time work, also when one of them fails', async () => {
    let inside = 0;
    let most = 0;
    const work = async (index: number) => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
      if (index === 3) throw new Error('planned');
    };
    const all = Array.from({ length: 8 }, (_, index) => withFileLock(file, PATIENCE_MS, () => work(index)));
    const results = await Promise.allSettled(all);
    expect(most).toBe(1);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  it('is free the moment its holder is killed', async () => {
    const script = `
      import { isLocked, withFileLock } from ${JSON.stringify(MODULE)};
      await withFileLock(${JSON.stringify(file)}, 0, () => new Promise((end) => {
        // What nobody could ever end would be collected as garbage, and the lock with it.
        setInterval((kept) => kept, 1000, end);
        process.stdout.write('held');
      }));`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    await expect(withFileLock(file, 0, async () => 'mine')).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(isLocked(file)).toBe(true);
    holder.kill('SIGKILL');
    expect(await withFileLock(file, PATIENCE_MS, async () => 'mine')).toBe('mine');
    expect(isLocked(file)).toBe(false);
  });
});
