import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Network, openNetwork } from './network.ts';

const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
let network: Network;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  network = await openNetwork(`postgresql://me:secret@127.0.0.1:${(server.address() as AddressInfo).port}/x`);
});
afterAll(async () => {
  await network.close();
  server.close();
});
beforeEach(() => network.restore());

async function enter(): Promise<Socket> {
  const socket = connect(Number(new URL(network.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

test('the way is the same but for the port, and what is sent comes through', async () => {
  expect(network.url).toMatch(/^postgresql:\/\/me:secret@127\.0\.0\.1:\d+\/x$/);
  const socket = await enter();
  expect(await echo(socket, 'one')).toBe('one');
  socket.destroy();
});

test('a cut resets who is connected and who comes, until it is restored', async () => {
  const before = await enter();
  expect(await echo(before, 'one')).toBe('one');
  const reset = once(before, 'error');
  network.cut();
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
  const answer = enter().then((during) => echo(during, 'two'));
  await expect(answer).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
  network.restore();
  const after = await enter();
  expect(await echo(after, 'three')).toBe('three');
  after.destroy();
});

test('what is sent while it is held arrives when it is restored, and not before', async () => {
  const socket = await enter();
  const received: string[] = [];
  expect(await echo(socket, 'one')).toBe('one');
  socket.on('data', (chunk) => received.push(String(chunk)));
  network.hold();
  const late = await enter();
  late.on('data', (chunk) => received.push(String(chunk)));
  socket.write('two');
  late.write('three');
  // Another connection that is not held, through and back, takes longer than these would.
  const beside = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (let turn = 1; turn <= 20; turn += 1) await echo(beside, 'meanwhile');
  expect(received).toEqual([]);
  network.restore();
  await expect.poll(() => received.sort()).toEqual(['three', 'two']);
  for (const each of [socket, late, beside]) each.destroy();
});
