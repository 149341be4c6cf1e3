import { describe, expect, it } from 'vitest';
import { readSignIn } from './signIn.ts';

const SECRET = 'x'.repeat(32);
const KEYS = 'https://project.supabase.co/auth/v1/.well-known/jwks.json';

describe('how sign-ins are checked', () => {
  it('is null if nobody has to sign in', () => {
    expect(readSignIn({ SUPABASE_URL: 'https://project.supabase.co', STORY_TREE_OPERATORS: 'x' })).toBeNull();
  });

  it.each([
    ['a', 1],
    ['x'.repeat(31), 31],
    ['é'.repeat(15), 30],
  ])('takes no secret as short as %j', (secret, bytes) => {
    const read = () => readSignIn({ SUPABASE_JWT_SECRET: secret, SUPABASE_JWT_ISSUER: 'x' });
    expect(read).toThrow(`has ${bytes} bytes`);
    expect(read).toThrow(expect.objectContaining({ code: 'not_configured' }));
  });

  it.each([
    [{ SUPABASE_JWKS_URL: KEYS }, 'https://project.supabase.co/auth/v1'],
    [{ SUPABASE_JWT_SECRET: SECRET, SUPABASE_URL: 'https://a.example' }, 'https://a.example/auth/v1'],
    [{ SUPABASE_JWT_SECRET: SECRET, SUPABASE_URL: 'https://a.example/' }, 'https://a.example/auth/v1'],
    [{ SUPABASE_JWKS_URL: 'https://a.example/keys', SUPABASE_URL: 'https://b.example' }, 'https://b.example/auth/v1'],
    [{ SUPABASE_JWKS_URL: KEYS, SUPABASE_URL: 'https://a.example', SUPABASE_JWT_ISSUER: 'mine' }, 'mine'],
  ])('knows by %j who makes tokens out', (environment, issuer) => {
    expect(readSignIn(environment)).toMatchObject({ issuer, audience: 'authenticated' });
  });

  it.each([{ SUPABASE_JWT_SECRET: SECRET }, { SUPABASE_JWKS_URL: 'https://a.example/keys.json' }])(
    'does not take tokens of anybody: %j',
    (environment) => {
      expect(() => readSignIn(environment)).toThrow('SUPABASE_JWT_ISSUER');
    },
  );

  it('tells ids of operators from addresses', () => {
    const environment = { SUPABASE_JWKS_URL: KEYS, STORY_TREE_OPERATORS: ' A-1, ,Ada@Example.org,b-2' };
    expect(readSignIn(environment)?.operators).toEqual({
      ids: new Set(['a-1', 'b-2']),
      addresses: new Set(['ada@example.org']),
    });
  });
});
