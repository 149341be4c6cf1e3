import { isAlive, until } from '@story-tree/testkit/database/clusters.ts';
import { ensureAppIsBuilt } from '@story-tree/testkit/programs/appBuild.ts';
import { BRIEF_LEASE, makeWorkplace, runCli, SMALL_STORY, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startStoryTree } from './storyTree.ts';

let place: Workplace;

beforeAll(ensureAppIsBuilt);
beforeEach(async () => {
  place = await makeWorkplace({ ...SMALL_STORY, STUB_SCENELETS: '2', ...BRIEF_LEASE });
});
afterEach(() => place.remove());

async function rowsOf(query: string): Promise<Record<string, unknown>[]> {
  return (await place.database.pool.query<Record<string, unknown>>(query)).rows;
}

const tasks = () => rowsOf('select operation, status, progress from story_tasks');

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/api/health?ready`).catch(() => null);
  return response?.ok === true;
}

test('a setting that cannot work ends the start with the reason', async () => {
  const storyTree = startStoryTree({ ...place.variables, HOST: '0.0.0.0' });
  expect(await storyTree.ended).toBe(1);
  expect(storyTree.said()).toMatch(/^app: Error: HOST is 0\.0\.0\.0/m);
  expect(storyTree.said()).toContain('The web app could not start.');
  expect(storyTree.said()).not.toMatch(/\n\s+at /);
});

test('a database that does not answer is waited for, until told to stop', async () => {
  const storyTree = startStoryTree({ ...place.variables, DATABASE_URL: 'postgres://a:secret@127.0.0.1:9/x' });
  await until('it waits', () => storyTree.said().includes('Trying again every 2 seconds.'));
  storyTree.process.kill('SIGTERM');
  expect(await storyTree.ended).toBe(0);
  expect(storyTree.said()).toContain('No database answers at 127.0.0.1:9');
  expect(storyTree.said()).not.toContain('secret');
});

test('a database that refuses the password ends the start with the reason', async () => {
  const url = new URL(String(place.variables.DATABASE_URL));
  url.password = 'guess';
  const storyTree = startStoryTree({ ...place.variables, DATABASE_URL: url.href });
  expect(await storyTree.ended).toBe(1);
  expect(storyTree.said()).toContain('refuses the user or the password in DATABASE_URL');
});

test('two first starts at once make one sample by a task; later ones leave it, also when it was deleted', async () => {
  const both = [startStoryTree(place.variables), startStoryTree(place.variables)];
  const addresses = await Promise.all(both.map((storyTree) => storyTree.ready()));
  expect(new Set(addresses).size).toBe(2);
  const [sample = ''] = await Promise.all(both.map((storyTree) => storyTree.sample()));
  expect(sample).toMatch(new RegExp(`^(${addresses.join('|')})/story/[0-9a-f-]{36}/player$`));
  expect((await fetch(sample)).status).toBe(200);
  expect(await tasks()).toEqual([{ operation: 'CREATE_STORY', status: 'succeeded', progress: 100 }]);
  const stories = await rowsOf('select id from stories');
  expect(stories).toHaveLength(1);
  for (const storyTree of both) storyTree.process.kill('SIGTERM');
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);

  const deleted = await runCli(['stories', 'delete', String(stories[0]?.id), '--yes'], place.variables);
  expect(deleted.code, deleted.stderr).toBe(0);

  const later = startStoryTree(place.variables);
  await later.ready();
  later.process.kill('SIGTERM');
  expect(await later.ended).toBe(0);
  expect(await tasks()).toHaveLength(1);
});

test('worker and app are started again when they are killed, the app at the same address', async () => {
  const storyTree = startStoryTree({ ...place.variables, STORY_TREE_SAMPLE: 'off' });
  const url = await storyTree.ready();
  for (const part of ['worker', 'app'] as const) {
    const killed = storyTree.pidOf(part);
    process.kill(killed, 'SIGKILL');
    await until(`the ${part} runs again`, () => ![0, killed].includes(storyTree.pidOf(part)));
    await until('all is ready', () => isReady(url));
  }
  expect(storyTree.said().match(/ended unexpectedly \(SIGKILL\)/g)).toHaveLength(2);
  storyTree.process.kill('SIGINT');
  expect(await storyTree.ended).toBe(0);
  expect(await tasks()).toEqual([]);
});

test('stopped with somebody watching, it ends; the next start finishes the sample; killed, it leaves nothing', async () => {
  const variables = { ...place.variables, STUB_LATENCY_MS: '300' };
  const first = startStoryTree(variables);
  const url = await first.ready();
  const stream = await fetch(`${url}/api/events`);
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  await until('the sample is under way', async () => (await tasks()).some(({ progress }) => Number(progress) > 0));
  const pids = [first.pidOf('worker'), first.pidOf('app')];
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  await stream.body?.cancel().catch(() => undefined);

  const second = startStoryTree(place.variables);
  await second.sample();
  expect(await tasks()).toEqual([{ operation: 'CREATE_STORY', status: 'succeeded', progress: 100 }]);
  expect(await rowsOf('select id from stories')).toHaveLength(1);

  const parts = [second.pidOf('worker'), second.pidOf('app')];
  expect(parts).not.toContain(0);
  process.kill(second.pid, 'SIGKILL');
  await until('its parts are gone', () => !parts.some(isAlive));
});
