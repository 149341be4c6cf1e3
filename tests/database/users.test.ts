import { execFileSync } from 'node:child_process';
import { chown, cp, mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  isOpenToNobody,
  makeHome,
  nobody,
  postmasterPid,
  removeHome,
  startChild,
  until,
} from '@story-tree/testkit/database/clusters.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { packagedBinaries, program, shareBinaries } from '../../supabase/src/embedded/binaries.ts';

const isRoot = process.getuid?.() === 0;

if (isRoot) {
  describe('started by root', () => {
    let home: string;
    beforeAll(async () => {
      home = await makeHome();
    });
    afterAll(() => removeHome(home));

    it('runs as somebody else, inside the home', async () => {
      const cluster = await ensure(home);
      expect(cluster.directory).toBe(path.join(home, 'postgres'));
      expect((await stat(path.join(cluster.directory, 'data'))).uid).not.toBe(0);
      const uid = execFileSync('ps', ['-o', 'uid=', '-p', String(await postmasterPid(cluster))], { encoding: 'utf8' });
      expect(Number(uid)).not.toBe(0);
    });

    it('keeps the cluster of a home that is closed to others under /var/lib/story-tree', async () => {
      const closed = await mkdtemp('/root/story-tree-home-');
      const inside = path.join(closed, 'home');
      const cluster = await ensure(inside);
      onTestFinished(() => removeHome(inside, closed, path.dirname(cluster.directory)));
      expect(cluster.directory).toMatch(/^\/var\/lib\/story-tree\/[0-9a-f]{16}\//);

      const database = await openDatabase({ home: inside, log: () => undefined });
      await database.pool.query('create table kept as select 1 as one');
      await database.close();
      await stopCluster({ home: inside });
      expect((await ensure(inside)).directory).toBe(cluster.directory);
    });

    it('serves the home of another user as that user, so that both can go on', async () => {
      const first = await ensure(home);
      await stopCluster({ home });
      const { uid, gid } = nobody();
      execFileSync('chown', ['-R', `${uid}:${gid}`, home]);
      const again = await ensure(home);
      expect(again.directory).toBe(first.directory);
      expect((await stat(path.join(again.directory, 'data'))).uid).toBe(uid);
    });
  });
}

describe('binaries copied for everybody', () => {
  it('can be read and run by others, also when the installation could not', async () => {
    const directory = await makeHome();
    const packaged = await packagedBinaries();
    const installed = path.join(directory, 'installed');
    await cp(packaged.directory, installed, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'go-rwx', installed]);

    const shared = await shareBinaries({ ...packaged, directory: installed }, directory);
    const closed = execFileSync('find', [shared.directory, '!', '-type', 'l', '!', '-perm', '-o=r'], {
      encoding: 'utf8',
    });
    expect(closed).toBe('');
    const { mode } = await stat(program(shared, 'initdb'));
    expect(mode & 0o777).toBe(0o755);
    expect(execFileSync(program(shared, 'initdb'), ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL');
    expect(await shareBinaries(packaged, directory)).toEqual(shared);
    await rm(directory, { recursive: true });
  });
});

if (isRoot && isOpenToNobody()) {
  describe('started by an unprivileged user', () => {
    it('runs plainly as that user, and stops by itself', async () => {
      const home = await makeHome();
      onTestFinished(() => removeHome(home));
      const { uid, gid } = nobody();
      await chown(home, uid, gid);
      const child = startChild(home, { uid, gid });
      const cluster = await child.cluster;
      expect((await stat(path.join(cluster.directory, 'data'))).uid).toBe(uid);
      const pid = await postmasterPid(cluster);
      child.process.kill('SIGKILL');
      await until('the server is gone', () => !isAlive(pid));
    });

    it('says so when the home belongs to somebody else', async () => {
      const home = await makeHome();
      const child = startChild(home, nobody());
      await expect(child.cluster).rejects.toThrow(/cannot write to .*STORY_TREE_HOME/);
      await rm(home, { recursive: true });
    });
  });
}
