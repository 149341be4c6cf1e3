import { execFileSync } from 'node:child_process';
import { openDatabase, stopCluster } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  makeHome,
  makeHomeWithCluster,
  postmasterPid,
  removeHome,
  startChild,
  until,
} from '@story-tree/testkit/database/clusters.ts';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const UNSHARE = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-current-user'])];
/** As a container has them, with the network of the host. */
const NAMESPACES = [...UNSHARE, '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'];
/** As a container has them by default. The new network is down, so that not even a server there could be reached. */
const WITH_NETWORK = [...NAMESPACES, '--net'];

/**
 * Most containers forbid it, those that CI runs in among them. So it cannot be asked of CI, unlike a program, which can be
 * installed.
 */
const mayUnshare = canRun([...WITH_NETWORK, 'true']);
if (!mayUnshare) console.warn('Not tested: starts from other namespaces, since "unshare" is not permitted here.');

function canRun([command = '', ...args]: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let home: string;

afterEach(() => removeHome(home));

/** Connects, and keeps the connection until the test ends. */
async function connect() {
  const database = await openDatabase({ home, log: () => undefined });
  onTestFinished(() => database.close());
  return database;
}

describe.runIf(mayUnshare)('a first start from another namespace', () => {
  beforeEach(async () => {
    home = await makeHome();
  });

  it('makes a server that is shared from outside as well', async () => {
    const child = startChild(home, {}, NAMESPACES);
    const inside = await child.cluster;
    expect((await ensure(home)).connectionString).toBe(inside.connectionString);
    child.process.kill('SIGKILL');
  });
});

describe.runIf(mayUnshare)('a start from another namespace', () => {
  beforeEach(async () => {
    ({ home } = await makeHomeWithCluster());
  });

  it('shares a server that it cannot see, where both have one network', async () => {
    const cluster = await ensure(home);
    const { pool } = await connect();
    await pool.query('create table kept as select 1 as number');
    const pid = await postmasterPid(cluster);

    const child = startChild(home, {}, NAMESPACES);
    expect((await child.cluster).connectionString).toBe(cluster.connectionString);
    expect(await postmasterPid(cluster)).toBe(pid);
    expect((await pool.query('select number from kept')).rows).toEqual([{ number: 1 }]);
  });

  it('leaves alone a server that it can neither see nor reach, and says where to stop it', async () => {
    const cluster = await ensure(home);
    const { pool } = await connect();
    const pid = await postmasterPid(cluster);

    await expect(startChild(home, {}, WITH_NETWORK).cluster).rejects.toThrow(/from another container or namespace/);
    expect(await postmasterPid(cluster)).toBe(pid);
    expect(isAlive(pid)).toBe(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('makes a server that is left alone where it is out of reach, and can be stopped from outside', async () => {
    const cluster = await startChild(home, {}, NAMESPACES).cluster;
    const unconnected = startChild(home, {}, [...UNSHARE, '--net']);
    await expect(unconnected.cluster).rejects.toThrow(/from another container or namespace/);
    expect((await (await connect()).pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect((await ensure(home)).connectionString).toBe(cluster.connectionString);
    await stopCluster({ home });
    await ensure(home);
  });

  it('may end with all of its processes at once, and what was committed is there for the next', async () => {
    const child = startChild(home, {}, NAMESPACES);
    await child.cluster;
    const { pool } = await connect();
    await pool.query('create table kept as select 1 as number');
    child.process.kill('SIGKILL');
    await until('the connections are broken', () => pool.totalCount === 0);
    expect((await pool.query('select number from kept')).rows).toEqual([{ number: 1 }]);
  });
});
