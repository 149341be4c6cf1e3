import { type Api, errorOf, useApi } from '@story-tree/testkit/http/api.ts';
import {
  claims,
  ISSUER,
  type KeyServer,
  OPERATOR,
  SECRET,
  SIGN_IN,
  SOMEBODY,
  signed,
  startKeyServer,
  unsigned,
} from '@story-tree/testkit/http/tokens.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { SessionOnWire } from '../../apps/story-tree-ui/src/wire/index.ts';

const LISTED = '9b2f6b0a-5d0c-4d62-8d2e-1f8f3b3f0a01';

const create = { operation: 'CREATE_STORY', payload: { prompt: 'A door in the sea' } };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ cookie: `other=1; story-tree-session=${token}; more=2` });

describe('with the secret of a project', () => {
  const api = useApi(() => ({
    variables: {
      ...SIGN_IN,
      // Nobody answers there.
      SUPABASE_JWKS_URL: 'http://127.0.0.1:9/jwks.json',
      STORY_TREE_OPERATORS: `${LISTED}, Listed@Example.org`,
      SUPABASE_URL: 'https://project.example.org',
      SUPABASE_PUBLISHABLE_KEY: 'publishable',
      STORY_TREE_LIVE: 'realtime',
    },
  }));
  const person = (more = {}) => signed(claims(more));
  const reading = (headers: Record<string, string>) => api().fetch('/api/stories', { headers });

  it.each(['/api/stories', '/api/events', '/api/nothing', '/generated/x.png', '/metrics', '/api/session'])(
    'gives strangers nothing at %s',
    async (path) => {
      const response = await api().fetch(path);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await errorOf(response)).code).toBe('unauthorized');
    },
  );

  it('tells everybody how it is', async () => {
    expect(await api().read('/api/health')).toMatchObject({ database: true, authentication: true });
    expect(await api().read('/api/health/ready')).toEqual({ status: 'ok' });
    expect((await api().fetch('/api/health/work')).status).toBe(503);
    expect((await api().fetch('/api/health/other')).status).toBe(401);
  });

  it('leads strangers from pages to where one signs in, and tells it from where', async () => {
    for (const path of ['/', '/story', '/story/x/script?y=1&z=/']) {
      const response = await api().fetch(path);
      expect(response.status).toBe(307);
      expect(response.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    const signIn = await api().fetch('/sign-in?next=/story');
    expect(signIn.status).toBe(200);
    expect(signIn.headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://project.example.org wss://project.example.org;",
    );
    const [script] = /\/_next\/static\/[^"]+\.js/.exec(await signIn.text()) ?? [];
    expect((await api().fetch(script ?? '')).status).toBe(200);
  });

  it('lets whoever has signed in look, by header and by cookie', async () => {
    const token = await person();
    for (const headers of [bearer(token), cookie(token), { authorization: `bearer  ${token}` }]) {
      expect((await reading(headers)).status).toBe(200);
    }
    expect((await api().fetch('/story', { headers: cookie(token) })).status).toBe(200);
  });

  const forgeries: [string, () => string | Promise<string>][] = [
    ['signed by somebody else', () => signed(claims(), 'another secret, just as long as the right one')],
    ['not signed', () => unsigned(claims(OPERATOR))],
    ['expired', () => signed(claims(), SECRET, Math.floor(Date.now() / 1000) - 60)],
    ['for another audience', () => person({ aud: 'anon' })],
    ['from another project', () => person({ iss: 'https://elsewhere.example.org/auth/v1' })],
    ['from nobody', () => person({ iss: undefined })],
    ['for nobody', () => person({ aud: undefined })],
    ['of the public role', () => person({ role: 'anon' })],
    ['of a service', () => person({ role: 'service_role' })],
    ['of no role', () => person({ role: undefined })],
    ['of somebody who signed in as nobody', () => person({ is_anonymous: true, ...OPERATOR })],
    ['without a person', () => person({ sub: undefined })],
    ['of a person that is no uuid', () => person({ sub: "1'; drop table stories" })],
    ['cut short', async () => (await person()).slice(0, -2)],
    ['changed', async () => (await person()).replace(/\.[^.]+\./, (part) => `.${part.slice(2, -1)}A.`)],
    ['none at all', () => 'x.y.z'],
    ['empty', () => ''],
  ];

  it.each(forgeries)('refuses a token that is %s', async (_, forge) => {
    const token = await forge();
    for (const headers of [bearer(token), cookie(token)]) {
      const response = await reading(headers);
      expect(response.status).toBe(401);
      expect((await errorOf(response)).code).toBe('unauthorized');
    }
    expect((await api().post('/api/session', { accessToken: token || 'x' })).status).toBe(401);
  });

  it('takes no token from elsewhere, nor by another scheme', async () => {
    const token = await person();
    const attempts = [
      api().fetch(`/api/stories?access_token=${token}`),
      reading({ authorization: token }),
      reading({ authorization: `Basic ${token}` }),
      // What is said in the header counts, not the cookie.
      reading({ ...cookie(token), authorization: 'Bearer x' }),
    ];
    for (const response of await Promise.all(attempts)) expect(response.status).toBe(401);
  });

  it('takes changes from operators alone, whoever else has signed in', async () => {
    const stranger = await api().post('/api/story-tasks', create, bearer(await person()));
    expect(stranger.status).toBe(403);
    expect((await errorOf(stranger)).code).toBe('forbidden');
    const pretending = await person({ user_metadata: { role: 'operator' } });
    expect((await api().post('/api/story-tasks', create, bearer(pretending))).status).toBe(403);

    const address = { email: 'LISTED@example.org' };
    for (const more of [
      address,
      { ...address, email_verified: false },
      { ...address, email_verified: 'true' },
      { ...address, user_metadata: { email_verified: true, email: address.email, sub: LISTED } },
      { email_verified: true, user_metadata: address },
      { email: LISTED, email_verified: true },
    ]) {
      const response = await api().post('/api/story-tasks', create, bearer(await person(more)));
      expect(response.status, JSON.stringify(more)).toBe(403);
      expect((await errorOf(response)).message).toContain(`your id, ${SOMEBODY}, to STORY_TREE_OPERATORS`);
    }

    const operators = [
      OPERATOR,
      { sub: LISTED },
      { sub: LISTED.toUpperCase(), email: undefined },
      { ...address, email_verified: true },
      { ...address, app_metadata: { email_verified: true } },
    ];
    for (const more of operators) {
      const response = await api().post('/api/story-tasks', create, bearer(await person(more)));
      expect(response.status).toBe(202);
    }
  });

  it("writes down who asked, which is the token's person and nobody that the request names", async () => {
    const token = await person(OPERATOR);
    const response = await api().post('/api/story-tasks', create, { ...bearer(token), 'x-story-tree-caller': LISTED });
    const { taskId } = (await response.json()) as { taskId: string };
    const task = await api().fetch(`/api/story-tasks/${taskId}`, { headers: bearer(token) });
    expect(await task.json()).toMatchObject({ requestedBy: SOMEBODY });
  });

  it('keeps a session in a cookie that scripts cannot read', async () => {
    const token = await person(OPERATOR);
    const response = await api().post('/api/session', { accessToken: token, refreshToken: 'not kept' });
    expect(response.status).toBe(200);
    const session = { authentication: true, user: { id: SOMEBODY, email: 'ada@example.org' }, operator: true };
    expect(await response.json()).toMatchObject(session);
    const [set = ''] = response.headers.getSetCookie();
    expect(set).toMatch(/^story-tree-session=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(set).not.toContain('not kept');

    const headers = { cookie: set.split(';')[0] ?? '' };
    const who = (await (await api().fetch('/api/session', { headers })).json()) as SessionOnWire;
    expect(who).toMatchObject(session);
    expect(Date.parse(who.expiresAt ?? '')).toBeGreaterThan(Date.now());
    expect((await api().post('/api/story-tasks', create, headers)).status).toBe(202);

    const end = await api().fetch('/api/session', { method: 'DELETE', headers });
    expect(end.status).toBe(204);
    expect(end.headers.getSetCookie()).toEqual(['story-tree-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
  });

  it('marks the cookie as secure where the browser speaks HTTPS', async () => {
    const body = { accessToken: await person() };
    const { host } = new URL(api().app.url);
    for (const headers of [{ 'x-forwarded-proto': 'https' }, { origin: `https://${host}` }]) {
      const response = await api().post('/api/session', body, headers);
      expect(response.headers.getSetCookie()[0]).toMatch(/; Secure;/);
    }
  });

  it('streams by the cookie, for as long as the sign-in holds', async () => {
    const inTwoSeconds = Math.ceil(Date.now() / 1000) + 2;
    const token = await signed(claims(), SECRET, inTwoSeconds);
    const response = await api().fetch('/api/events', { headers: cookie(token) });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^retry: 1000\n\n/);
  });

  it('says so where public keys cannot be fetched, and lets nobody in by them', async () => {
    const keys = await startKeyServer();
    const response = await api().fetch('/api/stories', { headers: bearer(await keys.sign(claims())) });
    await keys.close();
    expect(response.status).toBe(503);
    expect(await errorOf(response)).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('SUPABASE_JWKS_URL'),
    });
    const told = () =>
      api()
        .app.said()
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.includes('Sign-ins cannot be checked'))
        .map((line) => JSON.parse(line));
    await expect.poll(told).toMatchObject([{ level: 40, reason: expect.stringContaining('fetch failed') }]);
  });

  it('refuses changes from foreign pages, whatever they can bring along', async () => {
    const operator = cookie(await person(OPERATOR));
    const { origin } = new URL(api().app.url);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      { origin, 'x-forwarded-proto': 'https' },
    ]) {
      const response = await api().post('/api/story-tasks', create, { ...operator, ...headers });
      expect(response.status).toBe(403);
    }
  });
});

describe('with the public keys of a project', () => {
  let keys: KeyServer | undefined;
  afterAll(() => keys?.close());
  const server = () => keys as KeyServer;
  const api = useApi(async () => {
    keys = await startKeyServer();
    return {
      variables: {
        SUPABASE_JWKS_URL: keys.url,
        SUPABASE_JWT_ISSUER: ISSUER,
        SUPABASE_JWT_AUDIENCE: 'story-tree',
        STORY_TREE_PUBLIC_URL: 'https://stories.example.org',
      },
    };
  });
  const read = (of: Api, token: string) => of.fetch('/api/stories', { headers: bearer(token) });

  it('takes tokens signed by the private one, for the audience that is configured', async () => {
    expect((await read(api(), await server().sign(claims({ aud: 'story-tree' })))).status).toBe(200);
    expect((await read(api(), await server().sign(claims()))).status).toBe(401);
  });

  it('takes changes from pages of its public address alone, and cookies that only go there by HTTPS', async () => {
    const body = { accessToken: await server().sign(claims({ aud: 'story-tree' })) };
    const response = await api().post('/api/session', body, { origin: 'https://stories.example.org' });
    expect(response.headers.getSetCookie()[0]).toMatch(/; Secure;/);
    for (const origin of ['http://stories.example.org', 'https://evil.example']) {
      const headers = { origin, 'x-forwarded-host': 'evil.example' };
      expect((await api().post('/api/session', body, headers)).status).toBe(403);
    }
  });

  it('is not taken in by a token signed with the public key as if that were a secret', async () => {
    for (const secret of [server().publicKey, SECRET]) {
      expect((await read(api(), await signed(claims({ aud: 'story-tree' }), secret))).status).toBe(401);
    }
    expect((await read(api(), unsigned(claims({ aud: 'story-tree' })))).status).toBe(401);
  });

  it('asks for them once, however many tokens name keys that there are not', async () => {
    expect((await read(api(), await server().sign(claims({ aud: 'story-tree' })))).status).toBe(200);
    const asked = server().asked();
    const names = Array.from({ length: 30 }, (_, index) => `made up ${index}`);
    for (const name of names) {
      expect((await read(api(), await server().sign(claims({ aud: 'story-tree' }), name))).status).toBe(401);
    }
    // One more where they have become old meanwhile.
    expect(server().asked()).toBeLessThanOrEqual(asked + 1);
  });

  it('takes tokens of another key for none', async () => {
    const other = await startKeyServer();
    const token = await other.sign(claims({ aud: 'story-tree' }));
    await other.close();
    expect((await read(api(), token)).status).toBe(401);
  });
});
