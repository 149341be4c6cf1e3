import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkQueue } from './queue.ts';

/** A server that answers every command that it gets in the same way, null by hanging up; it keeps what it got. */
async function server(answer: string | null): Promise<{ host: string; got: string[] }> {
  const got: string[] = [];
  const listening = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      got.push(text);
      if (answer === null) socket.end();
      else socket.write(answer.repeat(text.match(/^\*\d+\r$/gm)?.length ?? 1));
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  return { host: `127.0.0.1:${(listening.address() as AddressInfo).port}`, got };
}

test.each(['http://127.0.0.1', 'localhost', 'redis//x'])('%s is not the address of a Redis server', async (url) => {
  expect(await checkQueue(url)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('REDIS_URL is not the address of a Redis server'),
  });
});

test('nobody there', async () => {
  expect(await checkQueue('redis://127.0.0.1:9')).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/start it/),
  });
});

test.each([
  ['a refused login', '-NOAUTH Authentication required.\r\n', 'refuses the login'],
  ['a wrong password', '-WRONGPASS invalid username-password pair\r\n', 'refuses the login'],
  ['a Redis that is starting', '-LOADING Redis is loading the dataset in memory\r\n', 'loading its data'],
  ['a server that hangs up', null, 'another kind of server'],
  ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'another kind of server'],
])('%s is told apart', async (_, answer, wanted) => {
  const { host } = await server(answer);
  const finding = await checkQueue(`redis://user:secret@${host}`);
  expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining(wanted) });
  expect(finding.detail).not.toContain('secret');
});

test('a Redis that answers is asked with the login of its address', async () => {
  const { host, got } = await server('+OK\r\n');
  expect(await checkQueue(`redis://someone:p%40ss@${host}/1`)).toMatchObject({ ok: true });
  expect(got.join('')).toContain('$4\r\nauth\r\n$7\r\nsomeone\r\n$4\r\np@ss\r\n');
});

test('without a Redis the queue is in the database', async () => {
  expect(await checkQueue(undefined)).toMatchObject({ ok: true });
});
