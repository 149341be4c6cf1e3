import { randomUUID } from 'node:crypto';
import { useApi, useSharedApi } from '@story-tree/testkit/http/api.ts';
import { SIGN_IN } from '@story-tree/testkit/http/tokens.ts';
import { type Random, seededRandom } from '@story-tree/testkit/seeded.ts';
import { describe, expect, it } from 'vitest';
import { type RawRequest, sendRaw } from './support/raw.ts';

const AT_ONCE = 8;

const open = useSharedApi();
const closed = useApi(() => ({ variables: SIGN_IN }));

const JUNK = [
  ...['', '%', '%00', '%FF', '%ED%A0%80', '%F0%9F', '%09', '%0A%0D', '%5C', '%252f', '%2e%2e', '..%2f', '%5B%5D', '+'],
  ...['__proto__', 'constructor', 'toString', 'null', "'", 'a&next=b', 'a&next[]=b', 'a&next[x]=b', 'a&nxtPid=b'],
  ...['x'.repeat(7_000), '%E6%9D%8E'.repeat(500), '/'.repeat(500), 'a/'.repeat(500)],
];

/** Pages, each with a place for junk in its path or its query. */
const PLACES: readonly ((junk: string) => string)[] = [
  (junk) => `/sign-in?next=${junk}`,
  (junk) => `/sign-in?next=/${junk}`,
  (junk) => `/sign-in?${junk}=/story`,
  (junk) => `/?${junk}`,
  (junk) => `/story?q=${junk}`,
  (junk) => `/story/${junk}`,
  (junk) => `/story/${randomUUID()}/${junk}`,
  (junk) => `/story/${randomUUID()}/script?scenelet=${junk}`,
  (junk) => `/story/${junk}/${junk}?${junk}`,
  (junk) => `/${junk}`,
];

/** What browsers send along, with nonsense in it. */
const HEADERS: readonly Record<string, string>[] = [
  {},
  ...['x', '%', 'null', '%5B%5D', '%5B1%2C2%5D', encodeURIComponent('['.repeat(2_000))].map((tree) => ({
    rsc: '1',
    'next-router-state-tree': tree,
  })),
  ...['1', '2', 'x'].map((prefetch) => ({ rsc: '1', 'next-router-prefetch': prefetch })),
  ...['/_tree', '/_index', 'x', '__proto__'].map((segment) => ({ rsc: '1', 'next-router-segment-prefetch': segment })),
  { rsc: '1', 'next-url': '\\\\x' },
  { rsc: '1', 'next-hmr-refresh': '1' },
  { cookie: 'story-tree-theme=%E0%A4%A; =;;%=; story-tree-session=x' },
  { 'accept-language': 'ÿ', accept: 'text/x-component', 'user-agent': '' },
  { 'if-none-match': '*', range: 'bytes=5-1', 'accept-encoding': 'gzip;q=x' },
];

function answerTo(url: string, request: RawRequest) {
  return sendRaw(url, request).catch((error: NodeJS.ErrnoException) => {
    // What Node itself does not send.
    if (error.code === 'ERR_UNESCAPED_CHARACTERS' || error.code === 'ERR_INVALID_CHAR') return null;
    throw error;
  });
}

/** Follows redirects within the app, as browsers do, so that whatever stands behind them is asked, too. */
async function follow(url: string, request: RawRequest): Promise<void> {
  for (let path: string | null = request.path, steps = 0; path !== null && steps < 4; steps += 1) {
    const about = `${path.slice(0, 200)} ${JSON.stringify(request.headers ?? {}).slice(0, 200)}`;
    const answer = await answerTo(url, { ...request, path });
    if (answer === null) return;
    expect(answer.status, about).toBeLessThan(500);
    const location = answer.headers.get('location');
    if (location !== null) expect(new URL(location, url).origin, about).toBe(new URL(url).origin);
    path = location;
  }
}

/** Without sign-in, and the pages of the sign-in also as a stranger. */
async function followAll(requests: readonly RawRequest[]): Promise<void> {
  const left = requests.flatMap((request): [string, RawRequest][] => [
    [open().app.url, request],
    ...(request.path.startsWith('/sign-in') ? [[closed().app.url, request] as [string, RawRequest]] : []),
  ]);
  const follower = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await follow(...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, follower));
  for (const { app } of [open(), closed()]) expect(app.said()).not.toContain('"level":50');
}

describe('no input to a page', () => {
  it('leads to a failure or away from the app by its address', async () => {
    const requests = PLACES.flatMap((place, row) =>
      // All of it where an address is taken from outside, and a third in each of the other places.
      JUNK.filter((_, column) => row < 2 || (row + column) % 3 === 0).map((junk) => ({ path: place(junk) })),
    );
    await followAll(requests);
  });

  it('leads to a failure by what browsers send along', async () => {
    const paths = ['/', `/story/${randomUUID()}/script`, '/nowhere'];
    await followAll(paths.flatMap((path) => HEADERS.map((headers) => ({ path, headers }))));
  });

  it('does so at random', async () => {
    const request = (random: Random): RawRequest => ({
      path: random.pick(PLACES)(encodeURIComponent(random.text(1 + random.below(40)).toWellFormed())),
      headers: random.pick(HEADERS),
    });
    await followAll(Array.from({ length: 25 }, (_, seed) => request(seededRandom(seed))));
  });
});

describe('after a sign-in', () => {
  it.each([
    '/%09/evil.example/x',
    '//evil.example/x',
    '/%5Cevil.example',
    'https://evil.example/',
    '/.//evil.example/x',
  ])('nobody is led elsewhere by %s', async (next) => {
    for (const address of [`/sign-in?next=${next}`, `/sign-in?next=${encodeURIComponent(next)}`]) {
      const response = await open().fetch(address);
      expect(response.status).toBe(307);
      expect(new URL(response.headers.get('location') ?? '', open().app.url).origin).toBe(open().app.url);
      expect(await (await closed().fetch(address)).text()).not.toMatch(/"next":"[^"]*evil/);
    }
  });
});
