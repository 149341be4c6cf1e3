import { expect, test } from 'vitest';
import { checkAccess } from './access.ts';

const COMPLETE = {
  SUPABASE_JWKS_URL: 'https://project.supabase.co/auth/v1/.well-known/jwks.json',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'key',
};

test.each([
  ['an address for all without sign-in', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
  ['tokens without the project', { SUPABASE_JWT_SECRET: 'secret' }, 'SUPABASE_URL'],
  ['tokens without the key', { ...COMPLETE, SUPABASE_PUBLISHABLE_KEY: undefined }, 'SUPABASE_PUBLISHABLE_KEY'],
])('%s cannot work', (_, environment, wanted) => {
  expect(checkAccess(environment)).toMatchObject({ ok: false, detail: expect.stringContaining(wanted) });
});

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('without sign-in, %s is fine', (HOST) => {
  expect(checkAccess({ HOST })).toMatchObject({ ok: true });
});

test('a complete sign-in tells how many operators are listed', () => {
  const finding = checkAccess({ ...COMPLETE, HOST: '0.0.0.0', STORY_TREE_OPERATORS: 'a@b.org, ,c@d.org' });
  expect(finding).toMatchObject({ ok: true, detail: expect.stringMatching(/SUPABASE_JWKS_URL;.*2 listed/) });
});
