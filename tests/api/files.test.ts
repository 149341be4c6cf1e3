import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorOf, useSharedApi } from '@story-tree/testkit/http/api.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from './support/raw.ts';

const api = useSharedApi();

const SOUND = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

const locate = (name: string) => path.join(api().app.place.assets, 'generated/story', name);

async function put(name: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(locate(name)), { recursive: true });
  await writeFile(locate(name), content);
}

const get = (name: string, headers: Record<string, string> = {}) =>
  api().fetch(`/generated/story/${name}`, { headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

beforeAll(async () => {
  await put('shots/scenelet-1/1_audio.wav', SOUND);
  await put('shots/scenelet-1/1_key_frame.png', 'png');
  await put('music/harbour.m4a', 'm4a');
  await put('facts.json', '{}');
  await put('empty.wav', '');
  await put('notes.txt', 'no media');
  await put('shots/.1_audio.wav.tmp', 'unfinished');
  await put('.hidden.png', 'hidden');
});

const sound = 'shots/scenelet-1/1_audio.wav';

describe('a file', () => {
  it.each([
    [sound, 'audio/wav', 1_000],
    ['shots/scenelet-1/1_key_frame.png', 'image/png', 3],
    ['music/harbour.m4a', 'audio/mp4', 3],
    ['facts.json', 'application/json', 2],
    ['empty.wav', 'audio/wav', 0],
  ])('%s is %s', async (name, type, size) => {
    const response = await get(name);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('cache-control')).toBe('private, no-cache, no-transform');
    expect(await bytesOf(response)).toHaveLength(size);
  });

  it('is served as soon as it is made, changes when it is regenerated, and is gone when it is removed', async () => {
    await put('late.png', 'first');
    const first = await get('late.png');
    expect(await first.text()).toBe('first');
    await put('late.png', 'second');
    const second = await get('late.png', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(second.status).toBe(200);
    expect(await second.text()).toBe('second');
    await rm(locate('late.png'));
    expect((await get('late.png')).status).toBe(404);
  });

  it('has a name in any script, encoded as addresses are', async () => {
    await put('shots/scenelet-1/李小龙 Zoé.png', 'png');
    expect(await (await get(`shots/scenelet-1/${encodeURIComponent('李小龙 Zoé')}.png`)).text()).toBe('png');
  });

  it('is not packed, whatever a client takes', async () => {
    const response = await get('facts.json', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  it('is known by HEAD without its content', async () => {
    const response = await api().fetch(`/generated/story/${sound}`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(await bytesOf(response)).toHaveLength(0);
  });
});

describe('a part of a file', () => {
  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, 1_000],
    ['bytes=-10', 990, 1_000],
    ['bytes=-5000', 0, 1_000],
    ['bytes=999-5000', 999, 1_000],
  ])('%s', async (range, start, end) => {
    const response = await get(sound, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000`);
    expect(await bytesOf(response)).toEqual(SOUND.subarray(start, end));
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s is not there', async (range) => {
    const response = await get(sound, { range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */1000');
    expect((await errorOf(response)).code).toBe('bad_request');
  });

  it.each(['bytes=', 'bytes=-', 'bytes=x-y', 'bytes=9-1', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=0x1-2', 'bytes=1.5-'])(
    '%s is no part, so all of it comes',
    async (range) => {
      const response = await get(sound, { range });
      expect(response.status).toBe(200);
      expect(await bytesOf(response)).toHaveLength(1_000);
    },
  );

  it('is only given of the version that the client has', async () => {
    const etag = (await get(sound)).headers.get('etag') ?? '';
    const range = 'bytes=0-9';
    expect((await get(sound, { range, 'if-range': etag })).status).toBe(206);
    expect((await get(sound, { range, 'if-range': '"another"' })).status).toBe(200);
  });
});

describe('a file that a client has', () => {
  it('is not sent again', async () => {
    const { headers } = await get(sound);
    const etag = headers.get('etag') ?? '';
    const modified = headers.get('last-modified') ?? '';
    const conditions = [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': modified },
    ];
    for (const condition of conditions) {
      const response = await get(sound, { ...condition, 'cache-control': 'max-age=0' });
      expect(response.status, JSON.stringify(condition)).toBe(304);
      expect(await bytesOf(response)).toHaveLength(0);
      expect(response.headers.get('etag')).toBe(etag);
    }
  });

  it('is sent again when it has changed', async () => {
    await put('changing.png', 'a');
    const { headers } = await get('changing.png');
    const before = new Date(Date.now() - 60_000);
    await utimes(locate('changing.png'), before, before);
    const conditions = [
      { 'if-none-match': headers.get('etag') ?? '' },
      { 'if-none-match': '"x"', 'if-modified-since': new Date().toUTCString() },
      { 'if-modified-since': new Date(before.getTime() - 5_000).toUTCString() },
    ];
    for (const condition of conditions) {
      expect((await get('changing.png', { ...condition, 'cache-control': 'max-age=0' })).status).toBe(200);
    }
  });
});

describe('what is no file of a story', () => {
  beforeAll(async () => {
    const { assets } = api().app.place;
    await writeFile(path.join(assets, 'secret.json'), '{"secret": true}');
    await symlink(path.join(assets, 'secret.json'), locate('link.json'));
    await symlink(assets, locate('folder'));
    await symlink(locate('shots/scenelet-1'), locate('shots/scenelet-2'));
    await symlink(locate('shots/scenelet-1/1_key_frame.png'), locate('picture.png'));
    await symlink(locate('circle.json'), locate('circle.json'));
    await mkdir(locate('folder.png'));
  });

  it.each([
    '/generated/story/nothing.png',
    '/generated/story/notes.txt',
    '/generated/story/shots',
    '/generated/story/folder.png',
    '/generated/story/.hidden.png',
    '/generated/story/shots/.1_audio.wav.tmp',
    '/generated/story/link.json',
    '/generated/story/folder/secret.json',
    '/generated/story/circle.json',
    '/generated/story/picture.png',
    '/generated/story/picture.png?width=320',
    '/generated/story/shots/scenelet-2/1_key_frame.png',
    '/generated/story/shots/scenelet-2/1_key_frame.png?width=320',
    '/generated/../secret.json',
    '/generated/story/../../secret.json',
    '/generated/%2e%2e/secret.json',
    '/generated/story/%2e%2e%2f%2e%2e%2fsecret.json',
    '/generated/story%2f..%2f..%2fsecret.json',
    '/generated/..%5csecret.json',
    '/generated/\\..\\secret.json',
    '/generated/%252e%252e/secret.json',
    '/generated/story/facts.json%00.png',
    '/generated/story/facts.json/',
    '/generated/story/facts.json/x.json',
    '/generated//etc/passwd.json',
    `/generated/story/${'x'.repeat(300)}.png`,
    `/generated/${'x/'.repeat(2_000)}x.png`,
    '/api/generated/%2e%2e/secret.json',
  ])('%s is missing', async (address) => {
    const { status, headers, body } = await sendRaw(api().app.url, { path: address });
    const response = new Response(body, { status, headers });
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe('not_found');
  });
});
