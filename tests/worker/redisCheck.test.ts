import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import type { Log } from '@story-tree/domain';
import { findRedisProblem, openQueue, openQueueBackend, openWorker } from '@story-tree/story-tasks';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { type Certificate, makeCertificate } from '@story-tree/testkit/network/certificate.ts';
import { startRealWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { freePort, type RedisServer, startRedis } from '@story-tree/testkit/worker/redisServer.ts';
import { skipWithoutRedis } from '@story-tree/testkit/worker/skipWithoutRedis.ts';
import { PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const own = makeCertificate('localhost');
const SOMEONE = { username: 'someone', password: 'secret' };

let redis: RedisServer | undefined;
let admin: Redis;
let folder: string;
let tlsPort: number;
let database: TestDatabase;

beforeEach(async (context) => {
  skipWithoutRedis(context, 'redis');
  if (redis !== undefined) return;
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'story-tree-tls-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  await writeFile(key, own.key);
  await writeFile(cert, own.cert);
  tlsPort = await freePort();
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
  redis = await startRedis('--tls-port', String(tlsPort), ...files, '--tls-auth-clients', 'no');
  admin = new Redis(redis.url);
});
afterAll(async () => {
  admin?.disconnect();
  await database?.close();
  await redis?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** That of the server, with parts of it changed. */
function address(changed: Partial<URL> = {}): string {
  return Object.assign(new URL(redis?.url ?? ''), changed).href;
}

/** The setting for this test only. */
async function configured(name: string, value: string): Promise<void> {
  const [, before = ''] = (await admin.config('GET', name)) as string[];
  await admin.config('SET', name, value);
  onTestFinished(async () => void (await admin.config('SET', name, before)));
}

/** Runs what a message says to run. */
async function follow(problem: string | null): Promise<void> {
  const command = /`([^`]+)`/.exec(problem ?? '')?.[1] ?? '';
  const [name = '', ...args] = command.split(' ');
  await admin.call(name, ...args);
}

/** Adds a job and does it. */
async function makeJob(url: string): Promise<void> {
  const backend = await openQueueBackend({ environment: { REDIS_URL: url }, database, log: () => undefined });
  const queue = await openQueue<object>(backend, 'a-queue');
  const done = Promise.withResolvers<void>();
  const worker = await openWorker<object>(backend, 'a-queue', async () => done.resolve());
  void worker.run();
  await backend.ask(() => queue.add('a-job', {}));
  await done.promise;
  expect(await backend.ask(() => queue.getWorkersCount())).toBe(1);
  await worker.close();
  await backend.ask(() => queue.obliterate({ force: true }));
  await queue.close();
  await backend.close();
}

/** A server that only shakes hands. */
async function tlsServer({ key, cert }: Certificate): Promise<number> {
  const server = createServer({ key, cert }, (socket) => {
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined).listen(0, 'localhost');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('a Redis that cannot keep the queue', () => {
  it('is told from one that can', async () => {
    expect(await findRedisProblem(address())).toBeNull();
    expect(await findRedisProblem(address({ pathname: '/15' }))).toBeNull();
    expect(await admin.keys('*')).toEqual([]);
  });

  it('evicts keys, until told not to', async () => {
    await configured('maxmemory-policy', 'allkeys-lru');
    const problem = await findRedisProblem(address());
    expect(problem).toContain('its maxmemory-policy is allkeys-lru');
    await follow(problem);
    expect(await findRedisProblem(address())).toBeNull();
  });

  it('has no memory left, until it may use more', async () => {
    await configured('maxmemory', '1mb');
    const problem = await findRedisProblem(address());
    expect(problem).toContain('has no memory left');
    await follow(problem?.replace('<bytes>', '1gb') ?? null);
    expect(await findRedisProblem(address())).toBeNull();
  });

  it('misses its replicas, until it needs none', async () => {
    await configured('min-replicas-to-write', '1');
    const problem = await findRedisProblem(address());
    expect(problem).toContain('replicas are missing');
    await follow(problem);
    expect(await findRedisProblem(address())).toBeNull();
  });

  it('is a replica', async () => {
    await admin.replicaof('127.0.0.1', '1');
    onTestFinished(async () => void (await admin.replicaof('NO', 'ONE')));
    expect(await findRedisProblem(address())).toContain('is a replica, which takes no writes');
  });

  it('is in cluster mode', async () => {
    const cluster = await startRedis('--cluster-enabled', 'yes');
    onTestFinished(() => cluster.close());
    expect(await findRedisProblem(cluster.url)).toContain('is in cluster mode');
  });

  it('has no database of that number, where ioredis would take number 0', async () => {
    expect(await findRedisProblem(address({ pathname: '/99' }))).toContain('has no database 99');
  });

  it('asks for a password, or refuses the one that it gets', async () => {
    await admin.call('ACL', 'SETUSER', 'someone', 'on', '>p@ss/word');
    onTestFinished(async () => void (await admin.call('ACL', 'DELUSER', 'someone')));
    const problem = await findRedisProblem(address(SOMEONE));
    expect(problem).toContain('refuses the login');
    expect(problem).not.toContain('secret');
    await configured('requirepass', 'secret');
    expect(await findRedisProblem(address())).toContain('asks for a password');
  });

  it('lets its user do too little, until given the rights', async () => {
    await admin.call('ACL', 'SETUSER', 'someone', 'on', '>secret', '~other:*', '+@all');
    onTestFinished(async () => void (await admin.call('ACL', 'DELUSER', 'someone')));
    const theirs = address(SOMEONE);
    const problem = await findRedisProblem(theirs);
    expect(problem).toContain('does not let this user');
    await admin.call('ACL', 'SETUSER', 'someone', 'resetkeys', 'nocommands');
    await follow(problem?.replace('<user>', 'someone') ?? null);
    expect(await findRedisProblem(theirs)).toBeNull();
    await makeJob(theirs);
  });

  it('refuses a worker and an app at once, while one that is away is waited for', async () => {
    const opening = (url: string) =>
      openQueueBackend({ environment: { REDIS_URL: url }, database, log: () => undefined });
    await expect(opening(address({ pathname: '/99' }))).rejects.toMatchObject({ code: 'not_configured' });
    const waiting = await opening('redis://127.0.0.1:1');
    await expect(waiting.ping()).rejects.toMatchObject({ code: 'queue_unavailable' });
    await waiting.close();
  });

  it('ends a worker with the sentence, in JSON lines alone', async () => {
    const worker = startRealWorker({
      DATABASE_URL: database.connectionString,
      REDIS_URL: address({ pathname: '/99' }),
    });
    expect(await worker.end('SIGCONT')).toBe(1);
    const lines = worker
      .said()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ level: 50, msg: expect.stringContaining('has no database 99') });
  });

  it('is told once when it comes to that while it is in use, and once when it can again', async () => {
    const said: string[] = [];
    const log: Log = (level, message) => void said.push(`${level}: ${message}`);
    const backend = await openQueueBackend({ environment: { REDIS_URL: address() }, database, log });
    onTestFinished(() => backend.close());
    await backend.ping();
    await configured('maxmemory-policy', 'allkeys-lru');
    await expect(backend.ping()).rejects.toMatchObject({ code: 'not_configured' });
    backend.onError(new Error('anything'));
    await expect
      .poll(() => said, PATIENTLY)
      .toEqual([expect.stringMatching(/^error: .* may drop tasks .* waits for it\.$/)]);
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await expect.poll(() => said, PATIENTLY).toHaveLength(2);
    expect(said[1]).toMatch(/^info: .* keeps the queue again\.$/);
  });
});

describe('TLS', () => {
  it('is expected, or is not', async () => {
    expect(await findRedisProblem(address({ port: String(tlsPort) }))).toContain(
      'uses TLS: begin REDIS_URL with rediss://',
    );
    const plain = await findRedisProblem(address().replace('redis:', 'rediss:'));
    expect(plain).toContain('does not use TLS: begin REDIS_URL with redis://');
  });

  it('needs an issuer who is known, which can be exported', async () => {
    const url = `rediss://localhost:${tlsPort}`;
    expect(await findRedisProblem(url)).toContain('export NODE_EXTRA_CA_CERTS');
    const check = `import { findRedisProblem } from './story-tasks/src/redisCheck.ts'; console.log(await findRedisProblem('${url}'));`;
    const env = { NODE_EXTRA_CA_CERTS: path.join(folder, 'cert.pem') };
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', check], { env });
    expect(stdout).toBe('null\n');
  });

  it.each([
    ['has expired', makeCertificate('localhost', { from: -3, until: -1 }), 'has a certificate that has expired'],
    ['is not valid yet', makeCertificate('localhost', { from: 1, until: 2 }), 'that is not valid yet'],
    ['is for another host', makeCertificate('other.example'), 'has a certificate for another name'],
  ])('needs a certificate that is in order, not one that %s', async (_what, certificate, problem) => {
    const known = getCACertificates();
    setDefaultCACertificates([...known, certificate.cert]);
    onTestFinished(() => setDefaultCACertificates(known));
    expect(await findRedisProblem(`rediss://localhost:${await tlsServer(certificate)}`)).toContain(problem);
  });
});
