import { readSignIn } from '@story-tree/runtime';
import {
  claims,
  ISSUER,
  OPERATOR,
  SECRET,
  SIGN_IN,
  SOMEBODY,
  signed,
  startKeyServer,
  unsigned,
} from '@story-tree/testkit/http/tokens.ts';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokenVerifier, type TokenVerifier } from './tokens.ts';

/** A verifier as the environment sets it up. */
function verifierOf(variables: Parameters<typeof readSignIn>[0]): TokenVerifier {
  const settings = readSignIn(variables);
  if (settings === null) throw new Error('nobody has to sign in');
  return createTokenVerifier(settings);
}

const verify = verifierOf(SIGN_IN);
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const without = (name: string): JWTPayload => {
  const { [name]: _, ...rest } = claims();
  return rest;
};

/** A token whose header and claims are just these. */
function token(payload: JWTPayload, alg = 'HS256'): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(SECRET));
}

describe('a token that holds', () => {
  it('says who it stands for', async () => {
    const exp = inSeconds(600);
    expect(await verify(await signed(claims(), SECRET, exp))).toEqual({
      id: SOMEBODY,
      email: 'ada@example.org',
      isOperator: false,
      expiresAt: new Date(exp * 1_000),
    });
  });

  it('needs no e-mail address', async () => {
    expect(await verify(await signed(without('email')))).toMatchObject({ id: SOMEBODY, email: null });
  });

  it('may have run out a moment ago: clocks differ', async () => {
    await expect(verify(await signed(claims(), SECRET, inSeconds(-3)))).resolves.toMatchObject({ id: SOMEBODY });
  });
});

describe('a token is refused', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['that is no token', () => 'not.a.token'],
    ['that says it needs no signature', () => unsigned(claims())],
    ['signed with another secret', () => signed(claims(), `${SECRET}!`)],
    ['of another algorithm with the same secret', () => token({ ...claims(), exp: inSeconds(60) }, 'HS512')],
    ['that has run out', () => signed(claims(), SECRET, inSeconds(-8))],
    ['that never runs out', () => token(claims())],
    ['for another audience', () => signed(claims({ aud: 'somebody-else' }))],
    ['of another project', () => signed(claims({ iss: 'https://other.example.org/auth/v1' }))],
    ['of nobody', () => signed(without('sub'))],
    ['whose subject is no id', () => signed(claims({ sub: 'ada' }))],
    ['of a service', () => signed(claims({ role: 'service_role' }))],
    ['of whoever has not signed in', () => signed(claims({ role: 'anon' }))],
    ['of somebody without a name', () => signed(claims({ is_anonymous: true }))],
  ])('%s', async (_case, make) => {
    await expect((async () => verify(await make()))()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('by the secret where only public keys are set', async () => {
    const keys = await startKeyServer();
    try {
      const byKeys = verifierOf({ SUPABASE_JWKS_URL: keys.url, SUPABASE_JWT_ISSUER: ISSUER });
      await expect(byKeys(await keys.sign(claims()))).resolves.toMatchObject({ id: SOMEBODY });
      const forged = new SignJWT({ ...claims(), exp: inSeconds(60) }).setProtectedHeader({
        alg: 'HS256',
        kid: 'test-key',
      });
      const publicKey = new TextEncoder().encode(keys.publicKey);
      await expect(byKeys(await forged.sign(publicKey))).rejects.toMatchObject({ code: 'unauthorized' });
      await expect(byKeys(await signed(claims()))).rejects.toMatchObject({ code: 'unauthorized' });
    } finally {
      await keys.close();
    }
  });
});

const { privateKey } = await generateKeyPair('ES256', { extractable: true });

it.each([
  ['are not served', undefined],
  ['are served as something else', { error: 'no such project' }],
  ['are no public ones', { keys: [{ ...(await exportJWK(privateKey)), kid: 'test-key' }] }],
])('keys that %s are no fault of the token', async (_case, answer) => {
  const keys = await startKeyServer(answer);
  const byKeys = verifierOf({ SUPABASE_JWKS_URL: keys.url, SUPABASE_JWT_ISSUER: ISSUER });
  const ofKeys = await keys.sign(claims());
  if (answer === undefined) await keys.close();
  await expect(byKeys(ofKeys)).rejects.toMatchObject({ code: 'not_configured' });
  if (answer !== undefined) await keys.close();
});

describe('an operator', () => {
  const listed = verifierOf({ ...SIGN_IN, STORY_TREE_OPERATORS: `${SOMEBODY.toUpperCase()}, Grace@Example.org` });
  const nobodyListed = '11111111-1111-4111-8111-111111111111';
  const grace = { sub: nobodyListed, email: 'GRACE@example.org' };

  it.each<[boolean, string, JWTPayload]>([
    [true, 'has the role that administrators give', { sub: nobodyListed, ...OPERATOR }],
    [false, 'is not who gives the role to himself', { sub: nobodyListed, user_metadata: { role: 'operator' } }],
    [false, 'is not who has another role', { sub: nobodyListed, app_metadata: { role: 'reader' } }],
    [true, 'is listed by id, however it is written', { sub: SOMEBODY.toUpperCase() }],
    [true, 'is listed by id', {}],
    [false, 'is not listed by an address that nobody has verified', grace],
    [true, 'is listed by an address that was verified', { ...grace, email_verified: true }],
    [
      true,
      'is listed by an address that an administrator calls verified',
      { ...grace, app_metadata: { email_verified: true } },
    ],
    [false, 'is not listed by what only looks like true', { ...grace, email_verified: 'true' }],
    [false, 'is not listed by what people can write themselves', { ...grace, user_metadata: { email_verified: true } }],
    [false, 'is not whose address is another', { ...grace, email: 'eve@example.org', email_verified: true }],
  ])('%s: %s', async (isOperator, _case, more) => {
    expect(await listed(await signed(claims(more)))).toMatchObject({ isOperator });
  });
});
