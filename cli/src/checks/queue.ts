import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Finding } from './finding.ts';

const ANSWER_WITHIN_MS = 3_000;
const DEFAULT_PORT = 6379;
const what = 'Queue';

/** Where tasks wait for a worker, and whether it answers. */
export async function checkQueue(redisUrl: string | undefined): Promise<Finding> {
  if (redisUrl === undefined) return { what, ok: true, detail: 'in the database; REDIS_URL would move it to Redis' };
  if (!URL.canParse(redisUrl) || !/^rediss?:$/.test(new URL(redisUrl).protocol)) {
    return { what, ok: false, detail: 'REDIS_URL is no address of a Redis: write redis://user:password@host:6379' };
  }
  const url = new URL(redisUrl);
  const problem = await pingRedis(url);
  return problem === null
    ? { what, ok: true, detail: `Redis at ${url.host} answers` }
    : { what, ok: false, detail: `Redis at ${url.host} ${problem}` };
}

/** Asks as any client would, without being one: a login where the address has one, then PING. */
async function pingRedis(url: URL): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const socket = openSocket(url);
  let reply = '';
  socket.setTimeout(ANSWER_WITHIN_MS, () => resolve('does not answer in time: is it another kind of server?'));
  socket.on('error', () => resolve('does not answer: start it, or correct REDIS_URL'));
  socket.on('close', () => resolve('closed the connection: is it another kind of server?'));
  socket.on('data', (chunk: Buffer) => {
    reply += chunk.toString('utf8');
    if (reply.includes('+PONG')) resolve(null);
    else if (/^-(NOAUTH|WRONGPASS|ERR.*AUTH)/m.test(reply)) resolve('refuses the login: correct it in REDIS_URL');
    else if (/^-LOADING/m.test(reply)) resolve('is loading its data: try again in a moment');
  });
  for (const command of [...login(url), ['PING']]) socket.write(encode(command));
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

function openSocket({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: Number(port) || DEFAULT_PORT };
  return protocol === 'rediss:' ? connectTls({ ...at, servername: host }) : connectPlain(at);
}

function login({ username, password }: URL): string[][] {
  if (password === '') return [];
  const names = username === '' ? [] : [decodeURIComponent(username)];
  return [['AUTH', ...names, decodeURIComponent(password)]];
}

/** A command as Redis reads it. */
function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
