import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkQueue } from './queue.ts';

/** A server that answers every command that it gets in the same way, null by hanging up; it keeps what it got. */
async function server(answer: string | null, info = ''): Promise<{ host: string; got: string[] }> {
  const got: string[] = [];
  const listening = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      got.push(text);
      if (answer === null) socket.end();
      for (const [, command] of text.matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm)) {
        if (answer !== null) socket.write(command === 'info' && info !== '' ? bulk(info) : answer);
      }
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  return { host: `127.0.0.1:${(listening.address() as AddressInfo).port}`, got };
}

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

test.each(['http://127.0.0.1', 'localhost', 'redis//x'])('%s is not the address of a Redis server', async (url) => {
  expect(await checkQueue(url)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('REDIS_URL is not the address of a Redis server'),
  });
});

test.each([
  ['redis://:p@ss/word@127.0.0.1:9', 'something else in an address: write @ as %40, / as %2F'],
  ['redis://:100%@127.0.0.1:9', 'write @ as %40'],
  ['redis://127.0.0.1:9/zero', 'not the number of a database'],
  ['redis://127.0.0.1:port', 'cannot be read'],
])('%s has a mistake that is named, without its password', async (url, wanted) => {
  const { detail } = await checkQueue(url);
  expect(detail).toContain(wanted);
  expect(detail).not.toMatch(/word@127|ss\/word|:p@ss/);
});

test('nobody there', async () => {
  expect(await checkQueue('redis://127.0.0.1:9')).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/start it/),
  });
});

test.each([
  ['a password that is missing', '-NOAUTH Authentication required.\r\n', 'asks for a password'],
  ['a wrong password', '-WRONGPASS invalid username-password pair\r\n', 'refuses the login'],
  ['a Redis that is starting', '-LOADING Redis is loading the dataset in memory\r\n', 'loading its data'],
  ['protected mode', '-DENIED Redis is running in protected mode because\r\n', '`CONFIG SET requirepass <password>`'],
  ['a disk that is full', '-MISCONF Redis is configured to save RDB snapshots\r\n', 'cannot save them to its disk'],
  ['a full house', '-ERR max number of clients reached\r\n', '`CONFIG SET maxclients <number>`'],
  ['a command that was taken away', "-ERR unknown command 'info'\r\n", 'remove `rename-command`'],
  ['a server that hangs up', null, 'another kind of server'],
  ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'another kind of server'],
])('%s is told apart', async (_, answer, wanted) => {
  const { host } = await server(answer);
  const finding = await checkQueue(`redis://user:secret@${host}`);
  expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining(wanted) });
  expect(finding.detail).not.toContain('secret');
});

test('a Redis that answers is asked with the login of its address', async () => {
  const { host, got } = await server('+OK\r\n', 'redis_version:7.0.0\r\nmaxmemory_policy:noeviction');
  expect(await checkQueue(`redis://someone:p%40ss@${host}/1`)).toMatchObject({ ok: true });
  expect(got.join('')).toContain('$4\r\nauth\r\n$7\r\nsomeone\r\n$4\r\np@ss\r\n');
});

test('a Redis that is too old is told its version', async () => {
  const { host } = await server('+OK\r\n', '# Server\r\nredis_version:6.0.16\r\n');
  expect((await checkQueue(`redis://${host}`)).detail).toContain(
    'has version 6.0.16, and the queue needs 6.2 or newer',
  );
});

test('without a Redis the queue is in the database', async () => {
  expect(await checkQueue(undefined)).toMatchObject({ ok: true });
});
