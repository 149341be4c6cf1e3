import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSignInKeys } from './signInKeys.ts';

const ANSWERS: Readonly<Record<string, [status: number, body: string]>> = {
  '/good': [200, '{"keys":[{"kty":"EC"}]}'],
  '/none': [200, '{"keys":[]}'],
  '/page': [200, '<html>'],
  '/down': [503, ''],
};

const server = createServer(({ url = '' }, response) => {
  const [status, body] = ANSWERS[url] ?? [404, ''];
  response.writeHead(status, { connection: 'close' }).end(body);
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const check = (path: string) => checkSignInKeys({ SUPABASE_JWKS_URL: `${base}${path}` });

test('keys that can be read are fine', async () => {
  expect(await check('/good')).toMatchObject([{ ok: true }]);
});

test.each([
  ['/none', 'there are no keys'],
  ['/page', 'does not answer with JSON'],
  ['/down', 'status 503'],
])('what is answered at %s is told: %s', async (path, reason) => {
  expect(await check(path)).toMatchObject([{ ok: false, detail: expect.stringContaining(reason) }]);
});

test('so is that nobody answers', async () => {
  const [finding] = await checkSignInKeys({ SUPABASE_JWKS_URL: 'http://127.0.0.1:1/keys' });
  expect(finding).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/SUPABASE_JWKS_URL cannot be read \(.+\)/),
  });
});

test('where no keys are needed, there is nothing to say', async () => {
  expect(await checkSignInKeys({})).toEqual([]);
});
