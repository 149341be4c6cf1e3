import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  makeHome,
  postmasterPid,
  removeHome,
  startChild,
  until,
  wardensOf,
} from '@story-tree/testkit/database/clusters.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const silent = () => undefined;
let home: string;

beforeAll(async () => {
  home = await makeHome();
});

afterAll(() => removeHome(home));

describe('the embedded cluster', () => {
  it('is made once for five that ask at once, stays while one is connected, is gone after the last, and keeps what it held', async () => {
    const children = Array.from({ length: 5 }, () => startChild(home));
    const clusters = await Promise.all(children.map(({ cluster }) => cluster));
    expect(new Set(clusters.map(({ connectionString }) => connectionString)).size).toBe(1);
    const cluster = await ensure(home);
    const pid = await postmasterPid(cluster);
    await until('there is one warden', () => wardensOf(cluster).length === 1);
    const before = await openDatabase({ home, log: silent });
    await before.pool.query('create table kept as select 1 as one');
    await before.close();

    for (const child of children.slice(1)) child.process.kill('SIGKILL');
    // Longer than an unused cluster lives.
    await sleep(14_000);
    expect(isAlive(pid)).toBe(true);

    children[0]?.process.kill('SIGKILL');
    await until('the server is gone', () => !isAlive(pid));
    await until('the warden is gone', () => wardensOf(cluster).length === 0);

    // At the same port, with the same password.
    const after = await openDatabase({ home, log: silent });
    expect(after.connectionString).toBe(before.connectionString);
    expect((await after.pool.query('select one from kept')).rows).toEqual([{ one: 1 }]);
    await after.close();
  });

  it('is set up as the product needs it', async () => {
    const database = await openDatabase({ home, log: silent });
    const { rows } = await database.pool.query(
      `select current_setting('max_connections') as connections, current_setting('wal_level') as wal,
              current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as addresses,
              current_setting('unix_socket_directories') as sockets, current_setting('server_encoding') as encoding,
              (select datlocale from pg_database where datname = current_database()) as locale,
              current_setting('application_name') as application`,
    );
    expect(rows).toEqual([
      {
        connections: '300',
        wal: 'logical',
        commit: 'on',
        addresses: '127.0.0.1',
        sockets: '',
        encoding: 'UTF8',
        locale: 'C.UTF-8',
        application: 'story-tree',
      },
    ]);
    expect((await stat(path.join(home, 'postgres/password'))).mode & 0o777).toBe(0o600);
    await database.close();
  });

  it('lets nobody in without the password', async () => {
    const { port } = await ensure(home);
    const databaseUrl = `postgresql://postgres:guess@127.0.0.1:${port}/postgres`;
    await expect(openDatabase({ databaseUrl, home, log: silent })).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('password'),
    });
  });

  it('takes another port when somebody has its own', async () => {
    const first = await ensure(home);
    await removeServer(first);
    const squatter = createServer().listen(first.port, '127.0.0.1');
    const second = await ensure(home);
    expect(second.port).not.toBe(first.port);
    squatter.close();
  });

  it('works below a path with spaces, quotes and dollar signs, and below one too long for a socket', async () => {
    const odd = path.join(home, `it's "quoted" $HOME \`id\``, 'x'.repeat(120));
    const database = await openDatabase({ home: odd, log: silent });
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    await stopCluster({ home: odd });
  });

  it('empties a log that has grown too large', async () => {
    const cluster = await ensure(home);
    await removeServer(cluster);
    await writeFile(cluster.logFile, 'x'.repeat(6 * 1024 * 1024));
    await ensure(home);
    expect((await stat(cluster.logFile)).size).toBeLessThan(1024 * 1024);
  });
});

/** As it is after a crash of the machine: no process left. */
async function removeServer(cluster: Awaited<ReturnType<typeof ensure>>): Promise<void> {
  const pid = await postmasterPid(cluster);
  for (const warden of wardensOf(cluster)) process.kill(warden, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  await until('the server is gone', () => !isAlive(pid));
}
