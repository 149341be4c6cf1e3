import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { openStoryTaskQueue } from '@story-tree/story-tasks';
import { migrate, openDatabase } from '@story-tree/supabase';
import {
  ensure,
  isAlive,
  makeHome,
  postmasterPid,
  removeHome,
  until,
  wardensOf,
} from '@story-tree/testkit/database/clusters.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const silent = () => undefined;
/** Messages of PostgreSQL's protocol: what a server may ask for, and what it says when all is well. */
const CLEARTEXT = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
const MD5 = Buffer.from([0x52, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4]);
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
/** The first byte of whatever answers a question for the password. */
const ANSWER = 'p';

/** Somebody else at the database's port, who keeps what is said there after the greeting. */
async function impostor(question: Buffer, port = 0) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', silent);
    socket.once('data', () => {
      socket.on('data', (chunk: Buffer) => heard.push(chunk.toString('latin1')));
      socket.write(question);
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  onTestFinished(close);
  return { heard, port: (server.address() as AddressInfo).port, close };
}

let home: string;

beforeAll(async () => {
  home = await makeHome();
});

afterAll(() => removeHome(home));

describe('the login to the embedded database', () => {
  it.each([
    ['asks for the password in clear text', CLEARTEXT],
    ['asks for it as an MD5 hash', MD5],
    ['lets everybody in', WELCOME],
  ])('tells nothing to a server that %s', async (_, question) => {
    const { connectionString } = await ensure(home);
    const address = new URL(connectionString);
    const { heard, port } = await impostor(question);
    address.port = String(port);
    const refusal = {
      code: 'database_unavailable',
      message: `Another program listens at 127.0.0.1:${port} in place of the embedded PostgreSQL: end that program, then try again.`,
    };

    await expect(openDatabase({ databaseUrl: address.href, home, log: silent })).rejects.toMatchObject(refusal);
    await expect(migrate({ connectionString: address.href, log: silent })).rejects.toMatchObject(refusal);
    expect(heard.filter((said) => said.startsWith(ANSWER) || said.includes(address.password))).toEqual([]);
  });

  it('goes to the real server, and the password nowhere else, when another program has its port after a crash', async () => {
    const cluster = await ensure(home);
    const database = await openDatabase({ home, log: silent });
    await migrate({ connectionString: database.connectionString, log: silent });
    const queue = await openStoryTaskQueue({ environment: {}, database, log: silent });
    const pid = await postmasterPid(cluster);
    process.kill(pid, 'SIGKILL');
    await until('the server is gone', () => !isAlive(pid));
    const { heard } = await impostor(CLEARTEXT, cluster.port);
    await until('the connections are broken', () => database.pool.idleCount === 0);

    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect((await ensure(home)).port).not.toBe(cluster.port);
    await until('the warden has found it', () => wardensOf(cluster).length > 0);
    await queue.close();
    await database.close();
    expect(heard.filter((said) => said.startsWith(ANSWER))).toEqual([]);
  });

  it('is left to the address where that is somebody’s own', async () => {
    const { heard, port, close } = await impostor(CLEARTEXT);
    const databaseUrl = `postgresql://me:mine@127.0.0.1:${port}/postgres`;
    const opening = openDatabase({ databaseUrl, home, log: silent });
    opening.catch(silent);
    await until('the password has come', () => heard.join('').includes('mine'));
    close();
    await expect(opening).rejects.toMatchObject({ code: 'database_unavailable' });
  });
});
