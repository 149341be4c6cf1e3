import { errorOf, useApi } from '@story-tree/testkit/http/api.ts';
import { claims, signed } from '@story-tree/testkit/http/tokens.ts';
import { seededRandom } from '@story-tree/testkit/seeded.ts';
import { describe, expect, it } from 'vitest';
import { sendHostile } from './support/hostility.ts';
import { leaveHalfway, type RawRequest, sendBytes, sendRaw } from './support/raw.ts';

const MEGABYTE = 1_048_576;
/** The level of errors in the log. */
const ERROR = 50;

const api = useApi();

/** An answer to exactly this request. */
async function send(raw: RawRequest): Promise<Response> {
  const { status, headers, body } = await sendRaw(api().app.url, raw);
  return new Response(body === '' ? null : body, { status, headers });
}

const json = { 'content-type': 'application/json' };

describe('names and origins', () => {
  it.each(['localhost', 'localhost:1', 'LOCALHOST:3000', '127.0.0.1', '127.0.0.2:80', '[::1]:3000'])(
    'answers to %s',
    async (host) => {
      expect((await send({ path: '/api/stories', headers: { host } })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    '192.168.0.1',
    '0.0.0.0',
    'localhost@evil.example',
    '[::2]',
    '2130706433',
  ])('does not answer to %s, neither with data nor with pages', async (host) => {
    for (const path of ['/api/stories', '/generated/x.png', '/metrics']) {
      const response = await send({ path, headers: { host } });
      expect([400, 403]).toContain(response.status);
      await errorOf(response);
    }
    const page = await send({ path: '/story', headers: { host } });
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it.each([
    { forwarded: 'for=203.0.113.7;host=stories.example.org;proto=https' },
    { 'x-forwarded-for': '203.0.113.7' },
    { 'x-forwarded-host': 'localhost' },
    { 'x-forwarded-proto': 'https' },
    { 'X-Forwarded-Server': 'x' },
    { 'x-real-ip': '127.0.0.1' },
    { via: '1.1 proxy' },
  ])('does not answer to those for whom a proxy speaks: %j', async (headers) => {
    for (const path of ['/api/stories', '/api/health', '/generated/x.png', '/metrics']) {
      const response = await send({ path, headers: { host: 'localhost', ...headers } });
      expect(response.status).toBe(403);
      expect((await errorOf(response)).message).toContain('SUPABASE_JWKS_URL');
    }
    expect((await send({ path: '/story', headers })).status).toBe(403);
    expect((await post(headers)).status).toBe(403);
  });

  it('takes a proxy that says nothing for one by the old version of HTTP that it speaks', async () => {
    const answer = await sendBytes(api().app.url, 'GET /api/stories HTTP/1.0\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  const create = JSON.stringify({ operation: 'CREATE_STORY', payload: { prompt: 'x' } });
  const post = (headers: Record<string, string>) =>
    send({ method: 'POST', path: '/api/story-tasks', headers: { ...json, ...headers }, body: create });

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { origin: 'file://' },
    { 'sec-fetch-site': 'cross-site' },
  ])('takes no changes from pages with %j', async (headers) => {
    const response = await post(headers);
    expect(response.status).toBe(403);
    expect((await errorOf(response)).code).toBe('forbidden');
    const { stories } = await api().read<{ stories: unknown[] }>('/api/stories');
    expect(stories).toEqual([]);
  });

  it('takes changes from its own pages, and data to anybody who asks', async () => {
    expect((await post({ origin: api().app.url, 'sec-fetch-site': 'same-origin' })).status).toBe(202);
    expect((await send({ path: '/api/stories', headers: { origin: 'http://evil.example' } })).status).toBe(200);
    const { headers } = await send({ path: '/api/stories', headers: { origin: 'http://evil.example' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('methods', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is nothing for what is only read', async (method) => {
    for (const path of ['/api/stories', '/generated/x.png', '/metrics', '/api/events']) {
      const response = await send({ method, path });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect((await errorOf(response)).code).toBe('method_not_allowed');
    }
  });

  it('names what means something', async () => {
    const put = await send({ method: 'PUT', path: '/api/story-tasks' });
    expect(put.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    const options = await send({ method: 'OPTIONS', path: '/api/session' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, POST, DELETE, OPTIONS');
  });

  it.each(['PROPFIND', 'TRACE', 'PURGE', 'QUERY'])('%s is known nowhere', async (method) => {
    const response = await send({ method, path: '/api/stories' });
    expect(response.status).toBe(405);
    await errorOf(response);
  });

  it('HEAD is GET without a body', async () => {
    const response = await send({ method: 'HEAD', path: '/api/health' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect((await send({ method: 'HEAD', path: '/api/stories/x' })).status).toBe(404);
  });
});

describe('bodies', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = json, chunked = false) =>
    send({ method: 'POST', path: '/api/story-tasks', headers, body, chunked });

  it.each(['', '{', 'null!', '{"operation":', "{'a': 1}", '\u0000', Buffer.from([0xff, 0xfe, 0x7b])])(
    'have to be JSON: %j',
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect((await errorOf(response)).code).toBe('bad_request');
    },
  );

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/jsonx' },
    { 'content-type': 'application/json; charset=latin1' },
    { ...json, 'content-encoding': 'gzip' },
    {},
  ])('have to say so: %j', async (headers) => {
    const response = await post('{}', headers);
    expect(response.status).toBe(415);
    expect((await errorOf(response)).code).toBe('unsupported_media_type');
  });

  it('may say it in other words', async () => {
    expect((await post('{}', { 'content-type': 'Application/JSON; charset="UTF-8"' })).status).toBe(422);
  });

  it.each([false, true])('may have a megabyte, and no more (without a length: %j)', async (chunked) => {
    const ofSize = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect((await post(ofSize(MEGABYTE), json, chunked)).status).toBe(422);
    const response = await post(ofSize(MEGABYTE + 1), json, chunked);
    expect(response.status).toBe(413);
    expect((await errorOf(response)).code).toBe('payload_too_large');
  });

  it('are held to that where nobody wants one', async () => {
    // No more than is on its way already when the app stops reading: whoever goes on sending may not hear the answer.
    const body = Buffer.alloc(MEGABYTE + 1, 'x');
    const path = '/api/story-tasks/3f7c1f0e-3b0a-4c50-9a55-5f0e2f6f1c11/cancel';
    expect((await send({ method: 'POST', path, body, chunked: true })).status).toBe(413);
  });

  it.each(['[', '{"a":'])('may not be nested too deep: %s…', async (opening) => {
    const closing = opening === '[' ? ']' : '}';
    const nested = (depth: number) => `${opening.repeat(depth)}1${closing.repeat(depth)}`;
    expect((await post(nested(32))).status).toBe(422);
    for (const depth of [33, 5_000, 100_000]) {
      const response = await post(nested(depth));
      expect(response.status).toBe(400);
      expect((await errorOf(response)).code).toBe('bad_request');
    }
  });

  it.each(['__proto__', 'constructor', 'prototype'])('do no harm with %s', async (name) => {
    const tail = `"${name}": {"polluted": true, "payload": {"prompt": "x"}}`;
    expect((await post(`{"operation": "CREATE_STORY", ${tail}}`)).status).toBe(422);
    expect((await post(`{"operation": "CREATE_STORY", "payload": {"prompt": "x", ${tail}}}`)).status).toBe(422);
    expect(await api().read('/api/health')).not.toHaveProperty('polluted');
  });
});

describe('addresses', () => {
  it.each(['/api/%', '/api/%zz', '/api/%c3%28', '/generated/%e0%a4%a', '/api/stories?x#y'])(
    'that cannot be decoded are refused: %s',
    async (path) => {
      const response = await send({ path });
      expect(response.status).toBe(400);
      expect((await errorOf(response)).code).toBe('bad_request');
    },
  );

  it.each([
    '/api',
    '/api/',
    '/api//stories',
    '/api/stories/',
    '/api/stories/..',
    '/api/stories/%2e%2e/health',
    '/api/stories/a%2fb',
    '/api/stories/a%5cb',
    '/api/stories/a%00',
    '/api/storiesx',
    '/generated',
    '/generated/',
    '/metrics/x',
  ])('that lead nowhere are missing: %s', async (path) => {
    const response = await send({ path });
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe('not_found');
  });

  it('are none of another host, not even where one is sent to sign in', async () => {
    expect((await send({ path: '//evil.example/story' })).status).toBe(400);
  });

  it('are this server’s own: it asks no other in anybody’s name', async () => {
    const response = await send({ path: 'http://evil.example/api/stories' });
    expect(response.status).toBe(400);
  });
});

describe('what is no request at all', () => {
  it.each([
    'GARBAGE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET /api/stories HTTP/1.1\r\nHost : x\r\n\r\n',
    'POST /api/story-tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /api/story-tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n',
    `GET /api/stories HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    'GET /api/stories HTTP/1.1\r\nHost: localhost\r\nExpect: the unexpected\r\n\r\n',
  ])('is answered in the one shape: %j', async (bytes) => {
    const answer = await sendBytes(api().app.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toEqual({
      error: { code: 'bad_request', message: expect.any(String) },
    });
  });

  it('is not answered by an upgrade', async () => {
    const headers = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'x',
      'sec-websocket-version': '13',
    };
    expect((await send({ path: '/api/health', headers })).status).toBe(200);
  });
});

describe('what browsers are told', () => {
  it('is the same for every answer', async () => {
    for (const path of ['/api/stories', '/api/nothing', '/story', '/nowhere', '/generated/x.png', '/api/%']) {
      const { headers } = await send({ path });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('lets only scripts of the app run in pages, by a number used once', async () => {
    const nonces = new Set<string>();
    for (let visit = 0; visit < 2; visit += 1) {
      const response = await send({ path: '/story' });
      const [, nonce = ''] =
        /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(
          response.headers.get('content-security-policy') ?? '',
        ) ?? [];
      const scripts = (await response.text()).match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('lets pages have no styles but those of the app’s own files', async () => {
    for (const path of ['/story', '/sign-in', '/nowhere']) {
      const response = await send({ path });
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/; style-src 'self'( 'sha256-[^']+')+;/);
      expect(policy).not.toContain('unsafe');
      expect(await response.text()).not.toMatch(/<style|<[^>]* style=/);
    }
  });

  it('keeps answers of the API from being taken for pages', async () => {
    const { headers } = await send({ path: '/api/stories' });
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'self'");
  });
});

describe('without sign-in', () => {
  it('everything is the one person’s', async () => {
    expect(await api().read('/api/session')).toEqual({
      authentication: false,
      user: null,
      operator: true,
      expiresAt: null,
    });
    const response = await api().post('/api/session', { accessToken: await signed(claims()) });
    expect(response.status).toBe(503);
    expect((await errorOf(response)).code).toBe('not_configured');
  });
});

describe('whatever comes', () => {
  it('refuses 300 requests of every bad kind, gives nothing away and changes nothing', async () => {
    await sendHostile(api(), 1_000, 300);
  });

  it('bears bytes that are no requests', async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round += 1) {
      const answer = await sendBytes(api().app.url, random.text(200));
      expect(answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer), answer.slice(0, 200)).toBe(true);
    }
    expect(await api().read('/api/health')).toMatchObject({ database: true });
  });

  it('is counted, also what is refused for its address and what is no request', async () => {
    const counted = async () => (await api().fetch('/metrics')).text();
    for (const path of ['/api/%2e%2e/x', '//api//x', '/api/%ff']) await send({ path });
    await sendBytes(api().app.url, 'nonsense\r\n\r\n');
    const text = await counted();
    expect(text).toMatch(/^story_tree_http_requests_total\{method="GET",route="\/api",status="404"\} \d+$/m);
    expect(text).toMatch(/^story_tree_http_requests_total\{method="GET",route="\/api",status="400"\} \d+$/m);
    expect(text).toMatch(/^story_tree_http_requests_total\{method="",route="none",status="400"\} \d+$/m);
  });

  it('is no error of the app, even when a client leaves halfway; the log is JSON alone', async () => {
    for (let times = 0; times < 3; times += 1) await leaveHalfway(api().app.url, '/api/story-tasks');
    expect(await api().read('/api/health')).toMatchObject({ database: true });
    const lines = api().app.said().split('\n').slice(0, -1);
    for (const line of lines) expect(JSON.parse(line), line).toMatchObject({ msg: expect.any(String) });
    expect(lines.filter((line) => JSON.parse(line).level >= ERROR)).toEqual([]);
  });
});
