import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const PROGRAM = 'redis-server';

/** A Redis of its own that forgets everything when it ends. */
export interface RedisServer {
  url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  flushAll(): Promise<void>;
  /** Has it stand still, and go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  close(): Promise<void>;
}

export function hasRedis(): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${PROGRAM}`]);
    return true;
  } catch {
    return false;
  }
}

/** @param settings more of its command line, such as `--cluster-enabled yes` */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const args = [...own, ...settings];
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    server = spawn(PROGRAM, args, { stdio: 'ignore' });
    while (!(await answers(url))) await sleep(20);
  }

  async function kill(): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url,
    start,
    kill,
    signal: (signal) => void server?.kill(signal),
    flushAll: () => withClient(url, async (client) => void (await client.flushall())),
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return withClient(url, async (client) => void (await client.ping())).then(
    () => true,
    () => false,
  );
}

async function withClient(url: string, work: (client: Redis) => Promise<void>): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    client.disconnect();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
