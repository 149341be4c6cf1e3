import { execFileSync, spawnSync } from 'node:child_process';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunningCluster, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  makeHome,
  makeHomeWithCluster,
  postmasterPid,
  removeHome,
  until,
  withDatabase,
} from '@story-tree/testkit/database/clusters.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagedBinaries } from '../../supabase/src/embedded/binaries.ts';

let home: string;
let cluster: RunningCluster;
/** Whom the cluster's processes run as. */
let user: { uid: number; gid: number };

beforeEach(async () => {
  ({ home } = await makeHomeWithCluster());
  cluster = await ensure(home);
  await withDatabase(home, (pool) => pool.query('create table kept as select 1 as number'));
  const { uid, gid } = await stat(inCluster('data'));
  user = { uid, gid };
  await asEarlierReleasesLeftIt();
});

afterEach(() => removeHome(home));

function inCluster(name: string): string {
  return path.join(cluster.directory, name);
}

/** All of the folder belongs to the database's user, nothing notes where it is, and no server has held a lock. */
async function asEarlierReleasesLeftIt(): Promise<void> {
  await rm(path.join(home, 'database-folder'));
  await rm(inCluster('server.lock'));
  await writeFile(inCluster('data/postmaster.opts'), 'postgres "-D" "data"\n');
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, cluster.directory]);
  execFileSync('chmod', ['700', cluster.directory]);
}

/** Starts a server as earlier releases did, from programs in `binaries`. */
function startAsBefore(binaries: string): void {
  const name = execFileSync('cat', [inCluster('port')], { encoding: 'utf8' }).trim();
  const settings = `-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c port='${name}'`;
  const args = ['start', '--silent', '--wait', '-D', 'data', '-l', 'postgres.log', '-o', settings];
  const started = spawnSync(path.join(binaries, 'bin/pg_ctl'), args, { ...user, cwd: cluster.directory });
  expect(started.status).toBe(0);
}

async function expectKept(): Promise<void> {
  const { rows } = await withDatabase(home, (pool) => pool.query('select number from kept'));
  expect(rows).toEqual([{ number: 1 }]);
}

describe('a cluster of an earlier release', () => {
  it('is taken over while it is stopped: its user keeps the data and nothing else', async () => {
    await expectKept();
    const own = String(process.getuid?.());
    const foreign = execFileSync('find', [cluster.directory, '-maxdepth', '1', '!', '-user', own], {
      encoding: 'utf8',
    });
    expect(foreign.trim()).toBe(user.uid === Number(own) ? '' : inCluster('data'));
  });

  it('is taken over while it runs, also when its programs have been replaced since', async () => {
    const before = await makeHome();
    const { directory } = await packagedBinaries();
    await cp(directory, before, { recursive: true, verbatimSymlinks: true });
    startAsBefore(before);
    const pid = await postmasterPid(cluster);
    await rm(before, { recursive: true });

    expect((await ensure(home)).port).toBe(cluster.port);
    expect(await postmasterPid(cluster)).toBe(pid);
    await stopCluster({ home });
    expect(isAlive(pid)).toBe(false);
    await expectKept();
  });

  it('is asked about when it may still run in a container that was started before', async () => {
    const { directory } = await packagedBinaries();
    startAsBefore(directory);
    const pid = await postmasterPid(cluster);
    const pidFile = inCluster('data/postmaster.pid');
    const noted = await readFile(pidFile);
    process.kill(pid, 'SIGKILL');
    await until('the server is gone', () => !isAlive(pid));

    const start = ensure(home);
    if (process.platform === 'linux') {
      await expect(start).rejects.toThrow(`if there is none, remove ${pidFile} and try again`);
      expect(await readFile(pidFile)).toEqual(noted);
      // As it is after a restart of the machine.
      await writeFile(pidFile, noted.toString().replace(/^\d+$/gm, '1'));
    }
    await expectKept();
  });
});
