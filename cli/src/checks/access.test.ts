import { expect, test } from 'vitest';
import { checkAccess } from './access.ts';

const SECRET = 'x'.repeat(32);
const COMPLETE = {
  SUPABASE_JWKS_URL: 'https://project.supabase.co/auth/v1/.well-known/jwks.json',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'key',
};

const TOKENS_ALONE = { SUPABASE_JWT_SECRET: SECRET, SUPABASE_JWT_ISSUER: 'https://issuer.example.org' };

test.each([
  ['an address for all without sign-in', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
  ['tokens of anybody', { SUPABASE_JWT_SECRET: SECRET }, 'SUPABASE_JWT_ISSUER'],
  ['tokens signed with a short secret', { ...COMPLETE, SUPABASE_JWT_SECRET: 'secret' }, 'SUPABASE_JWT_SECRET has 6'],
  ['a sign-in page without the project', { ...TOKENS_ALONE, SUPABASE_PUBLISHABLE_KEY: 'key' }, 'SUPABASE_URL'],
  ['a sign-in page without the key', { ...COMPLETE, SUPABASE_PUBLISHABLE_KEY: undefined }, 'SUPABASE_PUBLISHABLE_KEY'],
])('%s cannot work', (_, environment, wanted) => {
  expect(checkAccess(environment)).toMatchObject({ ok: false, detail: expect.stringContaining(wanted) });
});

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('without sign-in, %s is fine', (HOST) => {
  expect(checkAccess({ HOST })).toMatchObject({ ok: true });
});

test('a proxy on the way to the keys is told, without its login', () => {
  const detail = expect.stringContaining('SUPABASE_JWKS_URL through the proxy at proxy.example.org:3128;');
  const HTTPS_PROXY = 'http://me:s3cret@proxy.example.org:3128';
  expect(checkAccess({ ...COMPLETE, HTTPS_PROXY })).toMatchObject({ ok: true, detail });
});

test.each([
  ['a secret', TOKENS_ALONE],
  ['public keys', { SUPABASE_JWKS_URL: COMPLETE.SUPABASE_JWKS_URL }],
])('verifying tokens with %s, without a sign-in page, is complete', (_, environment) => {
  const finding = checkAccess({ ...environment, HOST: '0.0.0.0' });
  expect(finding).toMatchObject({ ok: true, detail: expect.stringContaining('without a sign-in page') });
});

test('both ways out of half a project lead to a working sign-in', () => {
  const { SUPABASE_URL: _, ...withoutAddress } = COMPLETE;
  const ways = [
    { ...COMPLETE, SUPABASE_PUBLISHABLE_KEY: 'key' },
    { ...COMPLETE, SUPABASE_URL: undefined, SUPABASE_PUBLISHABLE_KEY: undefined, SUPABASE_JWT_ISSUER: 'x' },
    { ...withoutAddress, SUPABASE_URL: COMPLETE.SUPABASE_URL },
    { ...withoutAddress, SUPABASE_PUBLISHABLE_KEY: undefined },
  ];
  for (const environment of ways) expect(checkAccess(environment)).toMatchObject({ ok: true });
});

test('a complete sign-in tells how many operators are listed', () => {
  const finding = checkAccess({ ...COMPLETE, HOST: '0.0.0.0', STORY_TREE_OPERATORS: 'a@b.org, ,c-1,d-2' });
  expect(finding).toMatchObject({
    ok: true,
    detail: expect.stringMatching(
      /tokens of https:\/\/project\.supabase\.co\/auth\/v1 checked with SUPABASE_JWKS_URL;.*2 listed by id, 1 listed by e-mail/,
    ),
  });
});
