import { spawn } from 'node:child_process';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type RunningCluster, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  makeHome,
  pidsOf,
  postmasterPid,
  removeHome,
  startChild,
  until,
  wardensOf,
  withDatabase,
} from '@story-tree/testkit/database/clusters.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withFileLock } from '../../supabase/src/embedded/fileLock.ts';
import { takeServerLock } from '../../supabase/src/embedded/serverLock.ts';

const silent = () => undefined;
let home: string;

// One home through all of it: each test finds what the one before has repaired.
beforeAll(async () => {
  home = await makeHome();
});

afterAll(() => removeHome(home));

async function expectWorking(): Promise<RunningCluster> {
  const cluster = await ensure(home);
  const database = await openDatabase({ home, log: silent });
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await database.close();
  return cluster;
}

/** The data directories that are being made. */
async function unfinished(): Promise<string[]> {
  const names = await readdir(path.join(home, 'postgres')).catch(() => []);
  return names.filter((name) => name.startsWith('data.unfinished-'));
}

/** Kills the server the hard way and puts `pid` where it noted its own. */
async function crashAndPretend(pid: number): Promise<void> {
  const cluster = await ensure(home);
  const file = path.join(cluster.directory, 'data/postmaster.pid');
  const lines = (await readFile(file, 'utf8')).split('\n');
  process.kill(Number(lines[0]), 'SIGKILL');
  await writeFile(file, [pid, ...lines.slice(1)].join('\n'));
}

describe('after a crash the next start repairs', () => {
  it('a process killed while it makes the data directory', async () => {
    for (const alsoInitdb of [false, true]) {
      const child = startChild(home);
      await until('initdb is at work', async () =>
        (await unfinished()).some((name) => pidsOf('initdb', name).length > 0),
      );
      const names = await unfinished();
      child.process.kill('SIGKILL');
      await child.ended;
      if (!alsoInitdb) continue;
      for (const pid of names.flatMap((name) => pidsOf('initdb', name))) process.kill(pid, 'SIGKILL');
    }
    await expectWorking();
  });

  it('a server killed while in use, and what was committed is there', async () => {
    const child = startChild(home);
    const cluster = await child.cluster;
    const database = await openDatabase({ home, log: silent });
    await database.pool.query('create table kept as select 7 as number');
    process.kill(await postmasterPid(cluster), 'SIGKILL');
    await until('the connections are broken', () => database.pool.totalCount === 0);
    child.process.kill('SIGKILL');

    const again = await openDatabase({ home, log: silent });
    expect((await again.pool.query('select number from kept')).rows).toEqual([{ number: 7 }]);
    await again.close();
    await database.close();
  });

  it('a server whose orphaned backend hangs and holds the shared memory', async () => {
    const cluster = await ensure(home);
    const database = await openDatabase({ home, log: silent });
    const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const backend = rows[0]?.pid ?? 0;
    process.kill(backend, 'SIGSTOP');
    process.kill(await postmasterPid(cluster), 'SIGKILL');

    await expectWorking();
    expect(isAlive(backend)).toBe(false);
    await database.close();
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'the same where root may not look at the processes of others, as in most containers',
    async () => {
      const cluster = await ensure(home);
      const database = await openDatabase({ home, log: silent });
      const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
      const backend = rows[0]?.pid ?? 0;
      process.kill(backend, 'SIGSTOP');
      for (const warden of wardensOf(cluster)) process.kill(warden, 'SIGKILL');
      process.kill(await postmasterPid(cluster), 'SIGKILL');

      const child = startChild(home, {}, ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace']);
      await child.cluster;
      expect(isAlive(backend)).toBe(false);
      await database.close();
    },
  );

  it('a process killed while it starts the server', async () => {
    const database = await openDatabase({ home, log: silent });
    const { rows } = await database.pool.query<{ cluster_name: string }>('show cluster_name');
    await database.close();
    await crashAndPretend(0);
    const child = startChild(home);
    await until('pg_ctl is at work', () => pidsOf('pg_ctl', rows[0]?.cluster_name ?? '').length > 0);
    child.process.kill('SIGKILL');
    await child.ended;
    await expectWorking();
  });

  it('a killed warden', async () => {
    const child = startChild(home);
    const cluster = await child.cluster;
    await until('there is a warden', () => wardensOf(cluster).length === 1);
    const [warden = 0] = wardensOf(cluster);
    process.kill(warden, 'SIGKILL');
    await until('it is gone', () => !isAlive(warden));

    // PostgreSQL takes a moment to see that a client is gone; to a start within that moment the warden is still there.
    await until('a start brings another', async () => {
      await ensure(home);
      return wardensOf(cluster).length === 1;
    });
    const pid = await postmasterPid(cluster);
    child.process.kill('SIGKILL');
    await until('the server is gone', () => !isAlive(pid));
  });

  it('a stop right after a start, which no warden outlives', async () => {
    const cluster = await ensure(home);
    await stopCluster({ home });
    await until('every warden is gone', () => wardensOf(cluster).length === 0);
    await expectWorking();
  });

  it('a stop while a server that ended by itself has its files open still', async () => {
    const cluster = await ensure(home);
    await stopCluster({ home });
    const serverLock = await takeServerLock(path.join(cluster.directory, 'server.lock'));
    const stopping = stopCluster({ home });
    await sleep(500);
    await serverLock?.close();
    await stopping;
    await expectWorking();
  });

  it('a pid file that names a zombie', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const zombie = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString('utf8'))));
    });
    await until('it is a zombie', () => !isAlive(zombie));
    expect(process.kill(zombie, 0)).toBe(true);
    await crashAndPretend(zombie);
    await expectWorking();
    parent.kill('SIGKILL');
  });

  it('a pid file whose number belongs to another program, which is left alone', async () => {
    const other = spawn('sleep', ['600'], { stdio: 'ignore' });
    await crashAndPretend(other.pid ?? 0);
    await expectWorking();
    expect(isAlive(other.pid ?? 0)).toBe(true);
    other.kill('SIGKILL');
  });

  it('without a look at what the arguments of other programs say', async () => {
    const cluster = await ensure(home);
    const { rows } = await withDatabase(home, (pool) => pool.query<{ name: string }>('show cluster_name'));
    await ensure(home);
    const name = Object.values(rows[0] ?? {})[0];
    const folder = await makeHome();
    const namesake = path.join(folder, 'postgres');
    await copyFile('/bin/sleep', namesake);
    const others = [
      spawn('sleep', ['600'], { argv0: `postgres: ${name}: checkpointer ` }),
      spawn(namesake, ['600'], { cwd: cluster.directory }),
      spawn('sh', ['-c', 'while read -r _; do :; done', `cluster_name=${name}`, `port=${cluster.port}`, '-D', 'data'], {
        cwd: path.join(cluster.directory, 'data'),
      }),
    ];
    process.kill(await postmasterPid(cluster), 'SIGKILL');
    await expectWorking();
    expect(others.map(({ pid = 0 }) => isAlive(pid))).toEqual([true, true, true]);
    for (const other of others) other.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('an empty pid file', async () => {
    const cluster = await ensure(home);
    process.kill(await postmasterPid(cluster), 'SIGKILL');
    await writeFile(path.join(cluster.directory, 'data/postmaster.pid'), '');
    await expectWorking();
  });

  it('a start that meets a shutdown', async () => {
    const cluster = await ensure(home);
    const client = await openDatabase({ home, log: silent });
    process.kill(await postmasterPid(cluster), 'SIGINT');
    await expectWorking();
    await client.close();
  });
});

describe('a process that lives long', () => {
  it('goes on after a crash of the server, with the same pool', async () => {
    const database = await openDatabase({ home, log: silent });
    const cluster = await ensure(home);
    for (let round = 0; round < 2; round++) {
      process.kill(await postmasterPid(cluster), 'SIGKILL');
      await until('the connections are broken', () => database.pool.totalCount === 0);
      const answers = await Promise.all([1, 2, 3].map((n) => database.pool.query('select $1::integer as n', [n])));
      expect(answers.map(({ rows }) => rows[0].n)).toEqual([1, 2, 3]);
    }
    await database.close();
  });
});

it('nobody waits for a process that stands still in the middle of a start, once the server answers', async () => {
  const cluster = await ensure(home);
  await until('it has its warden', () => wardensOf(cluster).length > 0);
  await withFileLock(path.join(cluster.directory, 'lock'), 0, async () => {
    expect(await ensure(home)).toEqual(cluster);
  });
});
