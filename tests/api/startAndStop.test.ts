import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { apiOf, errorOf } from '@story-tree/testkit/http/api.ts';
import { openStream } from '@story-tree/testkit/http/events.ts';
import { SIGN_IN } from '@story-tree/testkit/http/tokens.ts';
import { makeRelay } from '@story-tree/testkit/network/relay.ts';
import {
  listeningAddress,
  type RunningApp,
  type RunningPart,
  startApp,
  startPart,
} from '@story-tree/testkit/programs/app.ts';
import { ensureAppIsBuilt } from '@story-tree/testkit/programs/appBuild.ts';
import { makeWorkplace, type Variables, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { ownEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildFolder, finishBuild } from '../../launcher/appBuild.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APP = path.join(ROOT, 'apps/story-tree-ui');
const SERVER = path.join(APP, 'server.ts');

/** Nobody answers there. */
const NOWHERE: Variables = { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:9/nothing' };

/** A database and folders of their own for one test. */
async function borrowPlace(): Promise<Workplace> {
  const place = await makeWorkplace();
  onTestFinished(() => place.remove());
  return place;
}

/** Starts the app, where no more is given on a database that does not answer. */
async function start(variables: Variables, args: readonly string[] = []): Promise<RunningPart> {
  await ensureAppIsBuilt();
  const part = startPart(SERVER, { ...NOWHERE, PORT: '0', ...variables }, args);
  onTestFinished(async () => void (await part.stop('SIGKILL')));
  return part;
}

async function ended({ process: child }: RunningPart): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'close');
  return child.exitCode;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('where it listens', () => {
  it('is not one that others can reach while nobody has to sign in', async () => {
    const app = await start({ HOST: '0.0.0.0' });
    expect(await ended(app)).toBe(1);
    expect(app.said()).toContain('HOST is 0.0.0.0, which others can reach');
    expect(app.said()).toContain('SUPABASE_JWT_SECRET');
  });

  it('may be any address of this machine once people sign in', async () => {
    const app = await start({ ...(await borrowPlace()).variables, HOST: '0.0.0.0', ...SIGN_IN });
    const url = await listeningAddress(app);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    // Behind a proxy it has another name, which is none of its business then.
    expect((await fetch(`${url}/api/stories`)).status).toBe(401);
  });

  it('is nowhere with a sign-in that cannot be checked', async () => {
    const app = await start({ SUPABASE_JWT_SECRET: 'x' });
    expect(await ended(app)).toBe(1);
    expect(app.said()).toContain('SUPABASE_JWT_SECRET has 1 bytes');
  });

  it('is no other port than the wanted one: where that is taken, the app ends and says so', async () => {
    const taken = await takenPort();
    const app = await start({ ...(await borrowPlace()).variables, PORT: String(taken) });
    expect(await ended(app)).toBe(1);
    expect(app.said()).toContain(`Port ${taken} is taken: set PORT to a free one`);
  });

  it('is the next free port for `npm start`; that it says, and where it is in one line of the log', async () => {
    const taken = await takenPort();
    const app = await start({ ...(await borrowPlace()).variables, PORT: String(taken) }, ['--or-next-port']);
    const url = await listeningAddress(app);
    expect(Number(new URL(url).port)).toBeGreaterThan(taken);
    expect(app.said()).toContain(`Port ${taken} is taken; trying ${taken + 1}.`);
    const lines = () =>
      app
        .said()
        .split('\n')
        .filter((line) => line.includes('"type":"listening"'));
    // The supervisor is told by another way, which may be the faster one.
    await expect.poll(lines).toHaveLength(1);
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ type: 'listening', url, msg: `Story Tree is ready: ${url}` });
  });

  it('is not an address that this machine does not have', async () => {
    const app = await start({ ...(await borrowPlace()).variables, HOST: '203.0.113.7', ...SIGN_IN });
    expect(await ended(app)).toBe(1);
    expect(app.said()).toContain('not an address of this machine');
  });
});

describe('its build', () => {
  const linkTo = async (build: string) => {
    const link = `.next-${randomUUID()}`;
    await symlink(build, path.join(APP, link));
    onTestFinished(() => rm(path.join(APP, link), { force: true }));
    return link;
  };

  it('is the one that it began with, wherever the link to the newest points later', async () => {
    await ensureAppIsBuilt();
    const link = await linkTo(await realpath(buildFolder(ROOT, ownEnvironment())));
    const app = await start({ ...(await borrowPlace()).variables, STORY_TREE_DIST: link });
    const url = await listeningAddress(app);
    await rm(path.join(APP, link));
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(200);
    const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(await page.text()) ?? [];
    expect((await fetch(`${url}${script}`)).status).toBe(200);
  });

  it('that is not there, or not whole, is told of at once with the command that makes it', async () => {
    const build = await mkdtemp(path.join(tmpdir(), 'story-tree-build-'));
    onTestFinished(() => rm(build, { recursive: true }));
    const link = await linkTo(build);
    const missing = await start({ STORY_TREE_DIST: link });
    expect(await ended(missing)).toBe(1);
    expect(missing.said()).toContain('The web app has not been built. Run `npm run build`, then start it again.');

    await writeFile(path.join(build, 'BUILD_ID'), 'id');
    finishBuild(build, 'stamp');
    await rm(path.join(build, 'BUILD_ID'));
    const damaged = await start({ STORY_TREE_DIST: link });
    expect(await ended(damaged)).toBe(1);
    expect(damaged.said()).toContain('The web app is damaged: BUILD_ID is missing from its build. Run `npm run build`');
  });
});

describe('a database', () => {
  it('that does not answer yet is waited for, and one that goes away is done without until it is back', async () => {
    const place = await borrowPlace();
    const detour = new URL(place.database.connectionString);
    const relay = await makeRelay(detour);
    onTestFinished(() => relay.cut().catch(() => undefined));
    const { password } = detour;
    detour.hostname = '127.0.0.1';
    detour.port = String(relay.port);
    const app = await start({ ...place.variables, DATABASE_URL: detour.href });
    while (!app.said().includes('Trying again every 2 seconds.')) await once(app.process.stdout ?? app.process, 'data');
    expect(app.said()).not.toContain(password);

    await relay.open();
    const url = await listeningAddress(app);
    const stories = () => fetch(`${url}/api/stories`);
    const health = async () => (await fetch(`${url}/api/health`)).json();
    expect(await (await stories()).json()).toEqual({ stories: [] });

    await relay.cut();
    const refused = await stories();
    expect(refused.status).toBe(503);
    expect((await errorOf(refused)).code).toBe('database_unavailable');
    expect(await health()).toMatchObject({ status: 'degraded', database: false });
    expect((await fetch(`${url}/api/health?ready`)).status).toBe(503);
    const verdicts = ['live', 'ready', 'work'].map(
      async (question) => (await fetch(`${url}/api/health/${question}`)).status,
    );
    expect(await Promise.all(verdicts)).toEqual([200, 503, 503]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('story_tree_up{part="database"} 0');
    expect(metrics).not.toMatch(/ nan$/im);

    await relay.open();
    expect(await health()).toMatchObject({ database: true });
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
    expect(await (await stories()).json()).toEqual({ stories: [] });
    expect(await app.stop()).toBe(0);
  });

  it('that it does not wait for when told to stop', async () => {
    const app = await start(NOWHERE);
    while (!app.said().includes('Trying again')) await once(app.process.stdout ?? app.process, 'data');
    expect(await app.stop()).toBe(0);
    expect(app.said()).not.toContain('secret');
  });

  it('that cannot be right is told of at once', async () => {
    const app = await start({ DATABASE_URL: 'mysql://x' });
    expect(await ended(app)).toBe(1);
    expect(app.said()).toContain('DATABASE_URL');
  });
});

describe('told to stop', () => {
  async function expectStop(app: RunningApp, signal: NodeJS.Signals): Promise<void> {
    const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(`${app.url}/api/events`)));
    expect(await app.stop(signal)).toBe(0);
    for (const stream of streams) await stream.ended;
    await expect(fetch(`${app.url}/api/health`)).rejects.toThrow();
  }

  it('by either signal, it ends its streams and itself; started again, it continues where a client was', async () => {
    const first = await startApp();
    const { place } = first;
    const port = new URL(first.url).port;
    const api = apiOf(first);
    const storyId = await api.newStory();
    const { cursor } = await api.read<{ cursor: string }>('/api/story-tasks');
    const rename = (of: typeof api, displayName: string) =>
      of.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName } });
    const stream = await openStream(`${first.url}/api/events?after=${cursor}`);
    await rename(api, 'Before');
    await stream.reach(2);
    await rename(api, 'Between');
    await expectStop(first, 'SIGTERM');

    const second = await startApp({ place, variables: { PORT: port } });
    const seen = String(stream.messages.at(-1)?.id);
    const again = await openStream(`${second.url}/api/events`, { 'last-event-id': seen });
    await rename(apiOf(second), 'After');
    const all = [...stream.messages, ...(await again.reach(6 - stream.messages.length))];
    again.close();
    expect(new Set(all.map(({ id }) => id)).size).toBe(6);
    await expectStop(second, 'SIGINT');
    await place.remove();
  });
});
