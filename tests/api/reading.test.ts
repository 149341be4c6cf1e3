import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { StoryBundle } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { errorOf, useApi } from '@story-tree/testkit/http/api.ts';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  ConstitutionVersionOnWire,
  RunEstimate,
  ShotRequests,
  StoryCard,
  StoryCosts,
  StoryDetail,
  WorkflowTaskState,
} from '../../apps/story-tree-ui/src/wire/index.ts';
import { makeStory } from './support/madeStory.ts';

const api = useApi();

let made = '';
let empty = '';
beforeAll(async () => {
  made = await makeStory(api().app.place);
  empty = await api().newStory('Nothing yet');
});

const statuses = (workflow: readonly WorkflowTaskState[]) =>
  Object.fromEntries(workflow.map(({ task, status }) => [task, status]));

describe('the list of stories', () => {
  it('has a card for each, newest first', async () => {
    const { stories } = await api().read<{ stories: StoryCard[] }>('/api/stories');
    expect(stories.map(({ id }) => id)).toEqual([empty, made]);
    const [nothing, everything] = stories;
    expect(nothing).toMatchObject({ displayName: 'Nothing yet', scenelets: 0, keyArt: null, playable: false });
    expect(everything).toMatchObject({ mode: 'stub', scenelets: 5, shots: 5, keyFrames: 5, playable: true });
    expect((await api().fetch(everything?.keyArt ?? '')).headers.get('content-type')).toBe('image/png');
  });
});

describe('a story', () => {
  it('comes with everything of it that pages show', async () => {
    const detail = await api().read<StoryDetail>(`/api/stories/${made}`);
    expect(detail).toMatchObject({ constitutionVersion: 1, activeTaskId: null, playable: true });
    expect(detail.story).toMatchObject({ id: made, initialPrompt: 'A door in the sea', mode: 'stub' });
    expect(detail.story.createdAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(detail.scenelets).toHaveLength(5);
    expect(detail.shots).toHaveLength(5);
    expect(detail.referenceImages.length).toBeGreaterThan(0);
  });

  it('says of each workflow task where it stands', async () => {
    const { workflow } = await api().read<StoryDetail>(`/api/stories/${made}`);
    expect(new Set(workflow.map(({ status }) => status))).toEqual(new Set(['done']));
    expect(workflow.find(({ task }) => task === 'CREATE_SHOT_IMAGES')).toMatchObject({
      title: 'Key frames',
      completed: 5,
      total: 5,
      runFirst: [],
    });
    expect(workflow.find(({ task }) => task === 'CREATE_SHOT_PRODUCTION')?.dependants).toContain('Key frames');
  });

  it('that nothing has been made of says what to run first', async () => {
    const { workflow } = await api().read<StoryDetail>(`/api/stories/${empty}`);
    const [first, ...others] = Object.values(statuses(workflow));
    expect(first).toBe('possible');
    expect(new Set(others)).toEqual(new Set(['blocked']));
    expect(workflow.find(({ task }) => task === 'CREATE_VISUAL_DESIGN')).toMatchObject({
      completed: 0,
      total: 0,
      runFirst: ['Constitution', 'Interactive script'],
    });
  });

  it('of which a picture is gone is not all made', async () => {
    const { shots } = await api().read<StoryDetail>(`/api/stories/${made}`);
    const { database } = api().app.place;
    const one = 'update shots set key_frame_image_path = $1 where id = $2';
    await database.pool.query(one, [null, shots[0]?.id]);
    const { workflow } = await api().read<StoryDetail>(`/api/stories/${made}`);
    await database.pool.query(one, [shots[0]?.keyFrameImagePath, shots[0]?.id]);
    expect(workflow.find(({ task }) => task === 'CREATE_SHOT_IMAGES')).toMatchObject({
      status: 'partial',
      completed: 4,
      total: 5,
    });
  });

  it('has versions of its constitution', async () => {
    const path = `/api/stories/${made}/constitution-versions`;
    const { versions } = await api().read<{ versions: ConstitutionVersionOnWire[] }>(path);
    expect(versions).toEqual([
      {
        ...{ version: 1, origin: 'generated', markdown: expect.stringMatching(/\S/) },
        ...{ createdAt: expect.any(String), runId: null },
      },
    ]);
    expect(await api().read(`/api/stories/${empty}/constitution-versions`)).toEqual({ versions: [] });
  });

  it('has a chat, however short', async () => {
    expect(await api().read(`/api/stories/${made}/chat`)).toEqual({
      messages: [],
      cursor: expect.stringMatching(/^\d+$/),
    });
  });

  it('has a bill', async () => {
    const costs = await api().read<StoryCosts>(`/api/stories/${made}/costs`);
    expect(costs.totalUsd).toBe(0);
    expect(costs.tasks[0]).toEqual({
      workflowTask: 'CREATE_CONSTITUTION',
      title: 'Constitution',
      calls: 1,
      costUsd: 0,
    });
    expect(costs.tasks.map(({ title }) => title)).toContain('Speech');
    expect(costs.calls).toHaveLength(costs.tasks.reduce((sum, { calls }) => sum + calls, 0));
    expect(costs.calls.at(-1)).toMatchObject({
      workflowTask: 'CREATE_CONSTITUTION',
      kind: 'text',
      status: 'committed',
    });
    expect(await api().read(`/api/stories/${empty}/costs`)).toEqual({ totalUsd: 0, tasks: [], runs: [], calls: [] });
  });

  it('lists its runs with what they took', async () => {
    const { runs, calls } = await api().read<StoryCosts>(`/api/stories/${made}/costs`);
    expect(runs).toEqual([
      {
        ...{ runId: calls[0]?.runId, taskId: null, title: null, calls: calls.length, costUsd: 0, estimated: null },
        startedAt: calls.at(-1)?.startedAt,
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('can be estimated: what is missing, one task regenerated, a story that does not exist yet', async () => {
    const estimate = (path: string) => api().read<RunEstimate>(path);
    expect(await estimate(`/api/stories/${made}/estimate`)).toMatchObject({ calls: 0, costUsd: 0, tasks: [] });
    const regenerated = await estimate(`/api/stories/${made}/estimate?task=CREATE_SHOT_IMAGES&override=true`);
    expect(regenerated).toMatchObject({ calls: 5, costUsd: 0, tasks: [{ title: 'Key frames', calls: 5 }] });
    const whole = await estimate(`/api/stories/${empty}/estimate?task=ALL`);
    expect(whole.tasks).toHaveLength(10);
    expect(await estimate('/api/estimate?targetScenelets=8')).toMatchObject({ calls: whole.calls });
    expect((await estimate('/api/estimate?until=CREATE_INTERACTIVE_SCRIPT')).tasks).toHaveLength(2);
  });

  it.each([
    ['stories/:empty/estimate?task=CREATE_SHOT_IMAGES', 409, 'prerequisite_missing'],
    ['stories/:empty/estimate?task=NO_SUCH_TASK', 422, 'invalid_input'],
    ['stories/:empty/estimate?override=perhaps', 422, 'invalid_input'],
    ['estimate?targetScenelets=0', 422, 'invalid_input'],
    ['estimate?targetScenelets=many', 422, 'invalid_input'],
    ['estimate?until=NO_SUCH_TASK', 422, 'invalid_input'],
  ])('cannot be estimated by %s', async (path, status, code) => {
    const response = await api().fetch(`/api/${path.replace(':empty', empty)}`);
    expect(response.status).toBe(status);
    expect((await errorOf(response)).code).toBe(code);
  });

  it('says what was sent for a shot', async () => {
    const { shots } = await api().read<StoryDetail>(`/api/stories/${made}`);
    const prompt = (id: string | undefined) => `/api/stories/${made}/shots/${id}/prompt`;
    const { image, speech } = await api().read<ShotRequests>(prompt(shots[0]?.id));
    expect(JSON.stringify(image)).toContain('framing_and_angle');
    expect(JSON.stringify(image)).not.toMatch(/[A-Za-z0-9+/]{2000}/);
    expect(speech).not.toBeUndefined();
    const unknown = await api().fetch(prompt(randomUUID()));
    expect(unknown.status).toBe(404);
    expect((await errorOf(unknown)).code).toBe('not_found');
  });

  const parts = [
    '',
    '/constitution-versions',
    '/chat',
    '/costs',
    '/estimate',
    '/bundle',
    '/bundle.zip',
    '/player.html',
    '/events',
  ];
  it.each([...parts, '/tasks', `/shots/${randomUUID()}/prompt`])('that is not there has no %s', async (part) => {
    for (const id of [randomUUID(), 'x', "1' or '1'='1", '\u{1f300}'.repeat(50)]) {
      const response = await api().fetch(`/api/stories/${encodeURIComponent(id)}${part}`);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('not_found');
    }
  });
});

describe('the page of a story', () => {
  const pageOf = async (id: string, tab = '') => (await api().fetch(`/story/${encodeURIComponent(id)}${tab}`)).status;

  it('is there as long as the story is', async () => {
    const id = await api().newStory();
    expect([await pageOf(id), await pageOf(id, '/script')]).toEqual([200, 200]);
    await createStoryRepositories(api().app.place.database.kysely).stories.markDeleted(id);
    expect([await pageOf(id), await pageOf(id, '/script')]).toEqual([404, 404]);
  });

  it.each([randomUUID(), 'x', "1' or '1'='1", '\u{1f300}'])('that never was is missing: %s', async (id) => {
    expect([await pageOf(id), await pageOf(id, '/script')]).toEqual([404, 404]);
  });
});

describe('a picture', () => {
  const keyFrame = async () =>
    (await api().read<StoryDetail>(`/api/stories/${made}`)).shots[0]?.keyFrameImagePath ?? '';

  it.each([320, 640, 1280])('comes %i pixels wide when that is asked for', async (width) => {
    const path = `/${await keyFrame()}`;
    const whole = await sharp(await (await api().fetch(path)).arrayBuffer()).metadata();
    const response = await api().fetch(`${path}?width=${width}&v=7`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toBe('private, no-cache, no-transform');
    const small = await sharp(await response.arrayBuffer()).metadata();
    expect(small.width).toBe(Math.min(width, whole.width));
    expect(small.width / small.height).toBeCloseTo(whole.width / whole.height, 1);
  });

  it('is not sent again in a width that a client has, until it is regenerated', async () => {
    const path = await keyFrame();
    const [narrow, wide] = [`/${path}?width=320`, `/${path}?width=640`];
    const etag = (await api().fetch(narrow)).headers.get('etag') ?? '';
    const again = (address: string) =>
      api().fetch(address, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect((await again(narrow)).status).toBe(304);
    expect((await again(wide)).status).toBe(200);
    const file = `${api().app.place.assets}/${path}`;
    const before = await readFile(file);
    const red = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await writeFile(file, red);
    const renewed = await again(narrow);
    expect((await sharp(await renewed.arrayBuffer()).metadata()).height).toBe(160);
    await writeFile(file, before);
  });

  it('that is broken, or none, has no width', async () => {
    const folder = `${api().app.place.assets}/generated/${made}`;
    await writeFile(
      `${folder}/broken.png`,
      (await readFile(`${api().app.place.assets}/${await keyFrame()}`)).subarray(0, 900),
    );
    await writeFile(`${folder}/sound.wav`, 'no picture');
    for (const [address, status] of [
      ['broken.png?width=320', 404],
      ['nothing.png?width=320', 404],
      ['%2e%2e%2fsecret.png?width=320', 404],
      ['sound.wav?width=320', 400],
      ['broken.png?width=321', 422],
      ['broken.png?width=', 422],
      ['broken.png?width=1e9', 422],
    ] as const) {
      const response = await api().fetch(`/generated/${made}/${address}`);
      expect(response.status, address).toBe(status);
      await errorOf(response);
    }
  });
});

describe('the player', () => {
  it('finds the data of a story, with its files where the app serves them', async () => {
    const bundle = await api().read<StoryBundle>(`/api/stories/${made}/bundle`);
    expect(bundle.scenelets).toHaveLength(5);
    const { imagePath = '', audioPath } = bundle.scenelets[0]?.shots[0] ?? {};
    expect(imagePath).toMatch(new RegExp(`^/generated/${made}/shots/scenelet-1/`));
    for (const address of [imagePath, audioPath]) {
      if (address) expect((await api().fetch(address)).status).toBe(200);
    }
  });

  it('is led to a story, and to a place in it', async () => {
    const first = await api().fetch(`/api/stories/${made}/player.html?scenelet=scenelet-3a`);
    expect(first.status).toBe(307);
    const { pathname, search, hash } = new URL(first.headers.get('location') ?? '', api().app.url);
    const fragment = new URLSearchParams(hash.slice(1));
    expect([fragment.get('bundle'), fragment.get('start')]).toEqual([`/api/stories/${made}/bundle`, 'scenelet-3a']);
    const page = await api().fetch(`${pathname}${search}`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<title>Story</title>');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[^']+'; .*frame-ancestors 'self'/);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  it('has nothing to play of a story without pictures and sounds', async () => {
    for (const part of ['bundle', 'bundle.zip']) {
      const response = await api().fetch(`/api/stories/${empty}/${part}`);
      expect(response.status).toBe(409);
      expect((await errorOf(response)).code).toBe('prerequisite_missing');
    }
  });

  describe('in a frame of a page', () => {
    const browser = useBrowser();

    it('plays the story as the app has it, from where one wants', async () => {
      const { page, faults } = await browser.open();
      await page.goto(`${api().app.url}/sign-in`);
      const shown = page.waitForResponse((response) => response.url().endsWith('/scenelet-2/1_key_frame.png'));
      const src = `/api/stories/${made}/player.html?scenelet=scenelet-2`;
      await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: '${src}' }))`);
      expect((await shown).url()).toContain(`/generated/${made}/shots/`);
      expect((await shown).ok()).toBe(true);
      expect(faults).toEqual([]);
    });
  });
});

describe('the download', () => {
  const unpack = async () => {
    const response = await api().fetch(`/api/stories/${made}/bundle.zip`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const [, name = ''] =
      /^attachment; filename="([\w-]+)\.zip"$/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    return { name, files, names: Object.keys(files).map((file) => file.slice(name.length + 1)) };
  };

  it('is the whole bundle, in a folder named after the story', async () => {
    const { name, files, names } = await unpack();
    expect(names).toEqual(expect.arrayContaining(['player.html', 'story.json', 'story.js']));
    expect(names.filter((file) => file.endsWith('_key_frame.png'))).toHaveLength(5);
    expect(names.some((file) => file.startsWith('.'))).toBe(false);
    const { place } = api().app;
    const story = JSON.parse(strFromU8(files[`${name}/story.json`] ?? new Uint8Array())) as StoryBundle;
    const [picture = ''] = names.filter((file) => file.endsWith('.png'));
    const source = `${place.assets}/generated/${made}/${picture.replace('assets/', '')}`;
    expect(Buffer.from(files[`${name}/${picture}`] ?? [])).toEqual(await readFile(source));
    expect(story.metadata.storyId).toBe(made);
  });

  it('is of the story as it is now, also when the bundle on the disk is not', async () => {
    const { shots } = await api().read<StoryDetail>(`/api/stories/${made}`);
    const { database } = api().app.place;
    const one = 'update shots set key_frame_image_path = $1 where id = $2';
    await database.pool.query(one, [null, shots[0]?.id]);
    const { names } = await unpack();
    await database.pool.query(one, [shots[0]?.keyFrameImagePath, shots[0]?.id]);
    expect(names.filter((file) => file.endsWith('_key_frame.png'))).toHaveLength(4);
  });
});

describe('metrics', () => {
  it('count requests by route, jobs and streams', async () => {
    await api().fetch('/api/nothing/at/all');
    await api().read(`/api/stories/${made}`);
    const response = await api().fetch('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    expect(text).toMatch(/^story_tree_http_requests_total\{method="GET",route="\/api\/stories",status="200"\} \d+$/m);
    expect(text).toMatch(/^story_tree_http_requests_total\{method="GET",route="\/api",status="404"\} \d+$/m);
    expect(text).toMatch(
      /^story_tree_http_request_duration_seconds_count\{method="GET",route="\/api\/stories"\} \d+$/m,
    );
    expect(text).toMatch(/^story_tree_queue_jobs\{state="waiting"\} 0$/m);
    expect(text).toMatch(/^story_tree_workers 0$/m);
    expect(text).toMatch(/^story_tree_up\{part="database"\} 1$/m);
    expect(text).toMatch(/^story_tree_up\{part="workers"\} 0$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).not.toContain(made);
  });

  it('are named as Prometheus wants it: `_total` is for counters, and for all of them', async () => {
    const text = await (await api().fetch('/metrics')).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
    expect(types.length).toBeGreaterThan(10);
    for (const { name, type } of types) expect(name.endsWith('_total'), `${name} ${type}`).toBe(type === 'counter');
  });
});

it('says how it is, and whether it is ready', async () => {
  expect(await api().read('/api/health')).toEqual({
    status: 'degraded',
    database: true,
    queue: true,
    workers: 0,
    mode: 'stub',
    authentication: false,
  });
  expect((await api().fetch('/api/health?ready')).status).toBe(503);
});

it.each([
  ['live', 200, 'ok'],
  ['ready', 200, 'ok'],
  ['work', 503, 'degraded'],
])('tells a load balancer, without a worker, whether it is %s: %i', async (question, status, word) => {
  const response = await api().fetch(`/api/health/${question}`);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ status: word });
});
