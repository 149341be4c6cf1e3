import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { ask, modelsAt, startPair, TEST_KEY, TEXT_ANSWER } from './testCalls.ts';

const SERVICE = 'https://generativelanguage.googleapis.com';

interface Asked {
  line: string;
  login: string | undefined;
}

/** A proxy that does what `tunnel` says with each tunnel that it is asked for, and forwards plain requests. */
async function startProxy(tunnel: (socket: Duplex) => void): Promise<{ url: URL; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({ line: `${method} ${url}`, login: headers['proxy-authorization'] });
    const onward = httpRequest(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', ({ url = '', headers }, socket) => {
    asked.push({ line: `CONNECT ${url}`, login: headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    tunnel(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://me:s3cret@127.0.0.1:${(server.address() as AddressInfo).port}`), asked };
}

const LOGIN = `Basic ${Buffer.from('me:s3cret').toString('base64')}`;

test('a call goes through the proxy, with its login, and comes back', async () => {
  const { server } = await startPair();
  onTestFinished(() => server.close());
  const proxy = await startProxy((socket) => socket.destroy());
  expect(await ask(modelsAt(server.baseUrl, { proxy: proxy.url }), 'text')).toMatchObject({ text: TEXT_ANSWER });
  expect(proxy.asked).toEqual([
    { line: expect.stringContaining(`POST ${server.baseUrl}/v1beta/models/`), login: LOGIN },
  ]);
});

test('to the service itself it asks for a tunnel, and the key is told to nobody but the service', async () => {
  const said: Buffer[] = [];
  const proxy = await startProxy((socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.once('data', (chunk: Buffer) => {
      said.push(chunk);
      socket.destroy();
    });
  });
  const models = modelsAt(SERVICE, { proxy: proxy.url, retry: { attempts: 1 } });
  await expect(ask(models, 'text')).rejects.toMatchObject({
    code: 'model_unavailable',
    message: expect.stringContaining(`through the proxy at ${proxy.url.host} failed. Check HTTPS_PROXY`),
  });
  expect(proxy.asked).toEqual([{ line: 'CONNECT generativelanguage.googleapis.com:443', login: LOGIN }]);
  // A handshake of TLS that names the service.
  expect(said[0]?.[0]).toBe(0x16);
  expect(said[0]?.includes('generativelanguage.googleapis.com')).toBe(true);
  expect(Buffer.concat(said).includes(TEST_KEY)).toBe(false);
});

test.each([
  [407, 'Write user and password into HTTPS_PROXY.'],
  [403, 'Have it let this connection through, or name the service in NO_PROXY.'],
])('a proxy that refuses with %i is named, without its login, and not asked again', async (status, way) => {
  const proxy = await startProxy((socket) => void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  const failure = await ask(modelsAt(SERVICE, { proxy: proxy.url }), 'text').catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'not_configured',
    message: `The proxy at ${proxy.url.host} refuses the connection to Gemini (HTTP ${status}). ${way}`,
  });
  expect(proxy.asked).toHaveLength(1);
});

test('a proxy that does not answer is named', async () => {
  const models = modelsAt(SERVICE, { proxy: new URL('http://me:s3cret@127.0.0.1:9'), retry: { attempts: 1 } });
  await expect(ask(models, 'text')).rejects.toMatchObject({
    code: 'model_unavailable',
    message: expect.stringMatching(/^The connection to Gemini through the proxy at 127\.0\.0\.1:9 failed\./),
  });
});
