import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Api, useApi, useSharedApi } from '@story-tree/testkit/http/api.ts';
import { claims, OPERATOR, SIGN_IN, signed } from '@story-tree/testkit/http/tokens.ts';
import { ownEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFolder } from '../../launcher/appBuild.mjs';
import { type RawAnswer, type RawRequest, sendRaw } from './support/raw.ts';

const PICTURE = '/generated/story/1_key_frame.png';
const OPTIMISED = `/_next/image?url=${encodeURIComponent(PICTURE)}&w=640&q=75`;
const ROOT = path.resolve(import.meta.dirname, '../..');

const open = useSharedApi();
const closed = useApi(() => ({ variables: SIGN_IN }));

let cookie = '';
let build = '';
/** What is answered to requests with nothing strange about them. */
const usually = new Map<string, [string, RawAnswer][]>();

beforeAll(async () => {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  for (const { app } of [open(), closed()]) {
    const file = path.join(app.place.assets, PICTURE);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, picture);
  }
  cookie = `story-tree-session=${await signed(claims(OPERATOR))}`;
  build = (await readFile(path.join(buildFolder(ROOT, ownEnvironment()), 'BUILD_ID'), 'utf8')).trim();
  for (const address of ['/api/stories', '/story', PICTURE]) usually.set(address, await asEverybody({ path: address }));
});

/** The answer without sign-in, to a stranger, and to somebody who has signed in. */
async function asEverybody({ headers = {}, ...request }: RawRequest): Promise<[string, RawAnswer][]> {
  const callers: [string, Api, Record<string, string>][] = [
    ['without sign-in', open(), {}],
    ['a stranger', closed(), {}],
    ['somebody who has signed in', closed(), { cookie }],
  ];
  const answers = callers.map(async ([who, { app }, theirs]): Promise<[string, RawAnswer]> => {
    return [who, await sendRaw(app.url, { ...request, headers: { ...headers, ...theirs } })];
  });
  return await Promise.all(answers);
}

describe('what Next would answer and the app does not mean', () => {
  it('would have something to hand out', async () => {
    expect((await open().fetch(PICTURE)).status).toBe(200);
    expect((await closed().fetch(PICTURE, { headers: { cookie } })).status).toBe(200);
    expect((await closed().fetch(PICTURE)).status).toBe(401);
  });

  it.each([
    OPTIMISED,
    `${OPTIMISED}&dpl=x`,
    OPTIMISED.replace('image?', 'image/?'),
    OPTIMISED.replace('image', '%69mage'),
    OPTIMISED.replace('_next', '%5fnext'),
    OPTIMISED.toUpperCase(),
    '/_next/image',
    '/_next/data/BUILD/story.json',
    '/_next/data/BUILD/index.json',
    '/_next/static',
    '/_next/static/chunks',
    '/_next/static/chunks/app.js.map',
    '/_next/static/%2e%2e/server/app/page.js',
    '/_next/static/..%2f..%2fBUILD_ID',
    '/_next/server/app/page.js',
    '/_next/BUILD_ID',
    '/_next/webpack-hmr',
    '/_next/turbopack-hmr',
    '/_next/mcp',
    '/__nextjs_original-stack-frames',
    '/__nextjs_source-map?filename=server.ts',
    '/__nextjs_launch-editor?file=server.ts',
    '/_global-error',
    '/_not-found',
    '/_error',
    '/404',
    '/500',
    '/story.rsc',
    '/index.rsc',
    '/story.segments/_tree.segment.rsc',
    '/sign-in.rsc',
    '/Story',
    '/METRICS',
    '/API/stories',
    '/icon.svg.body',
    '/icon.svg/route',
    '/favicon.ico',
    '/robots.txt',
    '/package.json',
    '/server.ts',
    '/.env',
    '/public/generated/story/1_key_frame.png',
    '/GENERATED/story/1_key_frame.png',
    '/nowhere',
  ])('is not there, for anybody: %s', async (address) => {
    for (const [who, answer] of await asEverybody({ path: address.replace('BUILD', build) })) {
      expect(answer.status, who).toBe(404);
      expect(answer.headers.get('content-type'), who).toMatch(/^text\/(html|plain); charset=utf-8$/);
      expect(answer.headers.get('cache-control') ?? 'no-store', who).toMatch(/no-store/);
    }
  });

  it.each([
    { 'next-action': 'x' },
    { 'next-resume': '1' },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware' },
    { 'x-middleware-rewrite': '/api/stories' },
    { 'x-matched-path': '/api/stories' },
    { 'x-now-route-matches': '1=stories' },
    { 'x-invoke-path': '/api/stories' },
    { 'x-invoke-output': '/story' },
    { 'x-invoke-status': '500' },
    { 'x-nextjs-data': '1' },
    { 'x-prerender-revalidate': 'x' },
    { cookie: '__prerender_bypass=x; __next_preview_data=y' },
  ])('changes nothing when Next’s own words come from outside: %j', async (headers) => {
    for (const [address, usual] of usually) {
      for (const [index, [who, answer]] of (await asEverybody({ path: address, headers })).entries()) {
        const [, wanted] = usual[index] ?? [];
        const about = `${address}, ${who}`;
        expect(answer.status, about).toBe(wanted?.status);
        for (const name of ['content-type', 'location', 'cache-control']) {
          expect(answer.headers.get(name), about).toBe(wanted?.headers.get(name));
        }
      }
    }
  });

  it('has no way to change anything by way of a page', async () => {
    for (const address of ['/story', '/sign-in', '/', '/_next/image']) {
      const headers = { 'next-action': 'x', 'content-type': 'text/plain;charset=UTF-8' };
      for (const [who, answer] of await asEverybody({ method: 'POST', path: address, headers, body: '[]' })) {
        expect(answer.status, who).toBe(405);
      }
    }
  });

  it('holds pages that are not there to the same policy as others', async () => {
    for (const address of ['/_next/image', '/_next/static', '/nowhere']) {
      for (const [who, { headers, body }] of await asEverybody({ path: address })) {
        expect(headers.get('content-security-policy'), who).toMatch(/script-src 'self' 'nonce-/);
        expect(body, who).toContain('leads nowhere');
      }
    }
  });
});

it('gives strangers the files of pages, and the icon', async () => {
  const page = await (await closed().fetch('/sign-in')).text();
  const files = page.match(/\/(_next\/static\/[^"]+\.(js|css)|icon\.svg)/g) ?? [];
  expect(new Set(files).size).toBeGreaterThan(2);
  for (const file of new Set(files)) expect((await closed().fetch(file)).status, file).toBe(200);
});
