import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { configurationOf } from './configuration.ts';
import { parseDotEnv } from './dotEnv.ts';
import { proxyFor, useProxies } from './proxies.ts';

const HTTPS_PROXY = 'http://secure.example.org:3128';
const HTTP_PROXY = 'plain.example.org:8080';

test.each([
  ['https://service.example.com', { HTTPS_PROXY, HTTP_PROXY }, 'secure.example.org:3128'],
  ['http://service.example.com', { HTTPS_PROXY, HTTP_PROXY }, 'plain.example.org:8080'],
  ['https://service.example.com', { HTTP_PROXY }, 'plain.example.org:8080'],
  ['http://service.example.com', { HTTPS_PROXY }, undefined],
  ['https://service.example.com', {}, undefined],
  ['https://service.example.com', { HTTPS_PROXY: 'socks5://127.0.0.1:1080' }, undefined],
])('%s with %j goes through %s', (address, environment, host) => {
  expect(proxyFor(address, environment)?.host).toBe(host);
});

test.each([
  ['https://service.example.com', 'service.example.com', true],
  ['https://service.example.com', 'EXAMPLE.com', true],
  ['https://service.example.com', 'other.org, .example.com', true],
  ['https://example.com', '*.example.com', true],
  ['https://service.example.com', 'service.example.com:443', true],
  ['https://service.example.com', 'service.example.com:8443', false],
  ['https://service.example.com', '*', true],
  ['https://service.example.com', 'ample.com service', false],
  ['https://[2001:db8::1]', '2001:db8::1', true],
  ['https://[2001:db8::1]:8443', '[2001:db8::1]:443', false],
])('%s is exempt by NO_PROXY=%s: %s', (address, NO_PROXY, isExempt) => {
  expect(proxyFor(address, { HTTPS_PROXY, NO_PROXY }) === null).toBe(isExempt);
});

test.each(['https://localhost:3000', 'https://127.1.2.3', 'https://[::1]', 'https://app.example.net'])(
  '%s is this machine, and never behind a proxy',
  (address) => expect(proxyFor(address, { HTTPS_PROXY, HOST: 'app.example.net' })).toBeNull(),
);

test('small letters count, and count first', () => {
  const { environment, warnings } = configurationOf(
    { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' },
    parseDotEnv('no_proxy=x.org'),
  );
  expect(environment).toEqual({ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'x.org' });
  expect(warnings).toEqual([]);
});

test.each(['socks5://127.0.0.1:1080', 'http://', 'http:// x'])('a proxy at %j is told of, and not used', (proxy) => {
  expect(configurationOf({ HTTPS_PROXY: proxy }).warnings).toEqual([
    'HTTPS_PROXY is not the address of an HTTP proxy and is not used: write it as http://host:port.',
  ]);
});

test('what Node fetches goes through the proxy, but never what is on this machine', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(String(request.headers.host));
    response.end('here');
  });
  proxy.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 403 No\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const restore = useProxies({ HTTP_PROXY: `127.0.0.1:${port}`, HOST: 'app.invalid' });
  onTestFinished(restore);

  await expect(fetch('https://keys.invalid/jwks.json')).rejects.toThrow();
  await expect(fetch('http://app.invalid:3000/api/health')).rejects.toThrow();
  expect(await (await fetch(`http://127.0.0.1:${port}/api/health`)).text()).toBe('here');
  expect(asked).toEqual(['CONNECT keys.invalid:443', `127.0.0.1:${port}`]);
});
