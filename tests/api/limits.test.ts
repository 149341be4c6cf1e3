import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorOf, useApi } from '@story-tree/testkit/http/api.ts';
import { openStream } from '@story-tree/testkit/http/events.ts';
import { claims, OPERATOR, SECRET, SOMEBODY, signed } from '@story-tree/testkit/http/tokens.ts';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeStory } from './support/madeStory.ts';

const ISSUER = 'https://project.example.org/auth/v1';
const STREAMS = 3;
const ANSWERS_BESIDE = 100;
const DOWNLOADS = 4;
/** More than the buffers of a connection hold, so that a download that nobody reads stands still. */
const LARGE = 40_000_000;

const VARIABLES = {
  SUPABASE_JWT_SECRET: SECRET,
  SUPABASE_JWT_ISSUER: ISSUER,
  SUPABASE_URL: 'https://project.example.org',
  STORY_TREE_LIMIT_STREAMS: String(STREAMS),
};

/** Where the app puts what it needs for a while. */
let temporary: string;

const api = useApi(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), 'story-tree-limits-'));
  return { variables: { ...VARIABLES, TMPDIR: temporary } };
});

afterAll(() => rm(temporary, { recursive: true, force: true }));

let ada: Record<string, string>;
let grace: Record<string, string>;
/** Asks for nothing before the last test. */
let mary: Record<string, string>;
let storyId: string;

const locate = (name: string) => path.join(api().app.place.assets, 'generated', storyId, name);
const zip = () => `/api/stories/${storyId}/bundle.zip`;

beforeAll(async () => {
  const person = async (more: object) => ({
    authorization: `Bearer ${await signed(claims({ iss: ISSUER, ...OPERATOR, ...more }))}`,
  });
  ada = await person({ sub: SOMEBODY });
  grace = await person({ sub: '9b2f6b0a-5d0c-4d62-8d2e-1f8f3b3f0a01', email: 'grace@example.org' });
  mary = await person({ sub: '5c1d2f7e-8a34-4f0e-9b6d-7e2a9c4b1d02', email: 'mary@example.org' });
  storyId = await makeStory(api().app.place);
});

async function refusalOf(response: Response) {
  expect(response.status).toBe(429);
  return { retryAfter: Number(response.headers.get('retry-after')), ...(await errorOf(response)) };
}

/** Asks, and reads nothing of the answer but its head. */
async function stall(address: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const asked = request(`${api().app.url}${address}`, { headers, agent: false }).end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    asked.on('response', resolve).on('error', reject),
  );
  answer.on('error', () => undefined);
  onTestFinished(() => void answer.destroy());
  return answer;
}

describe('streams of one person', () => {
  it('are so many, whoever else has some, and another one as soon as one is closed', async () => {
    const open = (headers: Record<string, string>) => openStream(`${api().app.url}/api/events`, headers);
    const streams = await Promise.all(Array.from({ length: STREAMS }, () => open(ada)));
    for (const address of ['/api/events', `/api/stories/${storyId}/events`, '/api/events?after=x']) {
      const refusal = await refusalOf(await api().fetch(address, { headers: ada }));
      expect(refusal).toMatchObject({ code: 'too_many_requests', retryAfter: 30 });
      expect(refusal.message).toMatch(/^You have 3 live streams.*close some, then try again\.$/);
    }
    streams.push(await open(grace));
    streams[0]?.close();
    let again = await api().fetch('/api/events', { headers: ada });
    while (again.status === 429) again = await api().fetch('/api/events', { headers: ada });
    expect(again.status).toBe(200);
    await again.body?.cancel();
    for (const stream of streams) stream.close();
  });

  it('do not count once they were refused for another reason', async () => {
    for (let asked = 0; asked < 2 * STREAMS; asked += 1) {
      const response = await api().fetch('/api/events?after=x', { headers: grace });
      expect(response.status).toBe(400);
      await response.body?.cancel();
    }
  });
});

describe('downloads', () => {
  beforeAll(async () => {
    await writeFile(locate('shots/scenelet-1/1_key_frame.png'), Buffer.alloc(LARGE));
  });

  const copies = () => readdir(temporary, { recursive: true });

  it('of one person are so many at a time, need no room on the disk, and make way when they are broken off', async () => {
    const before = await copies();
    const stalled = await Promise.all(Array.from({ length: DOWNLOADS }, () => stall(zip(), ada)));
    expect(stalled.map(({ statusCode }) => statusCode)).toEqual(stalled.map(() => 200));
    const refusal = await refusalOf(await api().fetch(zip(), { headers: ada }));
    expect(refusal).toMatchObject({ code: 'too_many_requests', retryAfter: 30 });
    expect(await copies()).toEqual(before);
    expect((await stall(zip(), grace)).statusCode).toBe(200);

    stalled[0]?.destroy();
    let again = await api().fetch(zip(), { headers: ada });
    while (again.status === 429) again = await api().fetch(zip(), { headers: ada });
    const files = unzipSync(new Uint8Array(await again.arrayBuffer()));
    expect(Object.values(files).some(({ length }) => length === LARGE)).toBe(true);
  });

  it('break off when the story changes meanwhile, rather than mix two states of it', async () => {
    const answer = await stall(zip(), grace);
    await writeFile(locate('shots/scenelet-2/1_audio.wav'), 'recorded since');
    const read = answer.reduce((size: number, chunk: Buffer) => size + chunk.length, 0);
    await expect(read).rejects.toThrow();
  });

  it('hold nothing that lies behind a link', async () => {
    const outside = path.join(api().app.place.assets, 'secret.png');
    await writeFile(outside, 'a secret of this machine');
    for (const name of ['shots/scenelet-2/1_key_frame.png', 'shots/scenelet-1/1_key_frame.png']) await rm(locate(name));
    await symlink(outside, locate('shots/scenelet-2/1_key_frame.png'));
    const response = await api().fetch(zip(), { headers: grace });
    expect(response.status).toBe(200);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(Object.keys(files).some((name) => name.endsWith('scenelet-2/1_audio.wav'))).toBe(true);
    expect(Object.keys(files).some((name) => name.endsWith('scenelet-2/1_key_frame.png'))).toBe(false);
    expect(
      Object.values(files)
        .map((bytes) => strFromU8(bytes, true))
        .join(''),
    ).not.toContain('a secret of this machine');
    const embedded = await api().fetch(`/api/stories/${storyId}/bundle`, { headers: grace });
    expect(await embedded.text()).not.toContain('scenelet-2/1_key_frame.png');
    const address = `/generated/${storyId}/shots/scenelet-2/1_key_frame.png`;
    for (const query of ['', '?width=320']) {
      expect((await api().fetch(`${address}${query}`, { headers: grace })).status, query).toBe(404);
    }
  });
});

describe('answers under way', () => {
  /** A request that is never sent to its end, so it is answered only if it is refused. */
  function begin(headers: Record<string, string>): Socket {
    const { hostname, port } = new URL(api().app.url);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    const lines = ['POST /api/story-tasks HTTP/1.1', 'host: localhost', 'content-type: application/json'];
    socket.write([...lines, 'content-length: 10', `authorization: ${headers.authorization}`, '', '{'].join('\r\n'));
    return socket;
  }

  it('of one person are so many, whatever they are', async () => {
    // One more than there may be. Until that one is refused, nothing else takes a place, which would leave one free.
    const sockets = Array.from({ length: STREAMS + ANSWERS_BESIDE + 1 }, () => begin(mary));
    const answers: string[] = [];
    for (const socket of sockets) socket.once('data', (data) => answers.push(String(data)));
    await expect.poll(() => answers).not.toEqual([]);
    const refusal = await refusalOf(await api().fetch('/api/stories', { headers: mary }));
    expect(refusal).toMatchObject({ code: 'too_many_requests', retryAfter: 1 });
    const page = await api().fetch('/story', { headers: mary });
    expect([page.status, await page.text()]).toEqual([429, `${refusal.message}\n`]);
    expect((await api().fetch('/api/stories', { headers: grace })).status).toBe(200);
    expect(answers).toEqual([expect.stringMatching(/^HTTP\/1\.1 429 /)]);
    for (const socket of sockets) socket.destroy();
    let again = await api().fetch('/api/stories', { headers: mary });
    while (again.status === 429) again = await api().fetch('/api/stories', { headers: mary });
    expect(again.status).toBe(200);
  });
});
