import { execFileSync, spawnSync } from 'node:child_process';
import { lstat, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase, putAsideCluster, stopCluster } from '@story-tree/supabase';
import { ensure, makeHomeWithCluster, removeHome, withDatabase } from '@story-tree/testkit/database/clusters.ts';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const silent = () => undefined;
let home: string;
/** Where its cluster is, which nothing has used yet. */
let directory: string;
let user: { uid: number; gid: number };
/** A file of root's that nobody else may touch, and the name of one that is not there. */
let secret: string;
let absent: string;

async function setUp(): Promise<void> {
  ({ home, directory } = await makeHomeWithCluster());
  const { uid, gid } = await stat(inCluster('data'));
  user = { uid, gid };
  const folder = await mkdtemp('/root/story-tree-links-');
  onTestFinished(() => rm(folder, { recursive: true }));
  secret = path.join(folder, 'secret');
  absent = path.join(folder, 'absent');
  await writeFile(secret, 'of root');
}

function inCluster(name: string): string {
  return path.join(directory, name);
}

/** Does something as the database's user may. */
function asUser(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { ...user, cwd: '/' }).status === 0;
}

async function expectUntouched(): Promise<void> {
  expect(await readFile(secret, 'utf8')).toBe('of root');
  expect((await stat(secret)).uid).toBe(0);
  await expect(lstat(absent)).rejects.toMatchObject({ code: 'ENOENT' });
}

describe.runIf(process.getuid?.() === 0)('the database’s user, where root starts the database', () => {
  beforeEach(setUp);
  afterEach(() => removeHome(home));

  it('can change nothing beside the data, by command or by SQL, nor read the password', async () => {
    for (const name of ['port', 'lock', 'server.lock', 'postgres.log', 'password', 'new']) {
      expect(asUser('ln', '-sfn', secret, inCluster(name)), name).toBe(false);
      expect(asUser('rm', '-f', inCluster(name)) && name !== 'new', name).toBe(false);
    }
    expect(asUser('mv', inCluster('data'), inCluster('other'))).toBe(false);
    expect(asUser('cat', inCluster('password'))).toBe(false);
    const database = await openDatabase({ home, log: silent });
    const planting = database.pool.query(`copy (select 1) to program 'ln -sfn ${secret} ${inCluster('port')}'`);
    await expect(planting).rejects.toThrow(/program/);
    await database.close();
    await stopCluster({ home });
    await ensure(home);
    await expectUntouched();
  });

  it.each(['port', 'lock', 'server.lock', 'postgres.log', 'password', 'data'])(
    'is not followed through a link that it planted as %s when all of the folder was its own',
    async (name) => {
      execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, directory]);
      for (const target of [secret, absent]) {
        execFileSync('chown', ['-h', String(user.uid), directory]);
        if (target === secret) expect(asUser('mv', inCluster(name), inCluster(`${name}.away`))).toBe(true);
        expect(asUser('ln', '-sfn', target, inCluster(name))).toBe(true);
        await expect(ensure(home)).rejects.toMatchObject({
          code: 'database_unavailable',
          message: expect.stringContaining(inCluster(name)),
        });
        await expectUntouched();
      }
      await rm(inCluster(name));
      execFileSync('mv', [inCluster(`${name}.away`), inCluster(name)]);
      await ensure(home);
    },
  );

  it('leads root nowhere through what it puts into the data', async () => {
    const pidFile = inCluster('data/postmaster.pid');
    expect(asUser('ln', '-s', secret, pidFile)).toBe(true);
    await withDatabase(home, (pool) => pool.query('select 1'));
    expect(asUser('mkfifo', pidFile)).toBe(true);
    await withDatabase(home, (pool) => pool.query('select 1'));
    await expectUntouched();
  });

  it('leads root nowhere when the database is put aside, on this disk or another', async () => {
    const other = await mkdtemp('/dev/shm/story-tree-aside-');
    onTestFinished(() => rm(other, { recursive: true }));
    expect(asUser('ln', '-s', path.dirname(secret), inCluster('data/link'))).toBe(true);
    await putAsideCluster({ home }, path.join(other, 'new/database'));
    await expectUntouched();
    expect((await lstat(path.join(other, 'new/database/data/link'))).isSymbolicLink()).toBe(true);
    await expect(lstat(directory)).rejects.toMatchObject({ code: 'ENOENT' });
    await ensure(home);
  });
});
