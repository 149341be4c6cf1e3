import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { makeWorkplace } from '@story-tree/testkit/programs/cli.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { type SupabaseServer, startSupabaseServer } from '@story-tree/testkit/supabase/supabaseServer.ts';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoryCard } from '../../apps/story-tree-ui/src/wire/index.ts';
import { changesAskedFor } from './pressEverything.ts';

const OPERATOR = { email: 'ada@example.org', password: 'correct horse', role: 'operator' };
const VISITOR = { email: 'bob@example.org', password: 'battery staple' };
describe('with people who sign in through Supabase', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let supabase: SupabaseServer;
  /** The same app, whose pages listen to Realtime. */
  let listening: RunningApp;
  beforeAll(async () => {
    const place = await makeWorkplace();
    supabase = await startSupabaseServer([OPERATOR, VISITOR], place.database);
    const variables = {
      ...SMALL_STORIES,
      SUPABASE_URL: supabase.url,
      SUPABASE_PUBLISHABLE_KEY: 'publishable',
      SUPABASE_JWT_SECRET: supabase.secret,
    };
    [app, listening] = await Promise.all([
      startApp({ place, worker: true, variables }),
      startApp({ place, variables: { ...variables, STORY_TREE_LIVE: 'realtime' } }),
    ]);
  });
  afterAll(async () => {
    await listening?.close();
    await app?.close();
    await supabase?.close();
    await app?.place.remove();
  });

  async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('leads a stranger to the sign-in, and from there to where they wanted to be', async () => {
    const { page, faults } = await browser.open();
    await page.goto(`${app.url}/story?q=tea`);
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);

    await signIn(page, { ...OPERATOR, password: 'wrong' });
    await page.getByText('E-mail address or password is wrong.').waitFor();
    await signIn(page, OPERATOR);
    await page.waitForURL(`${app.url}/story?q=tea`);
    await page.getByRole('button', { name: 'New story' }).waitFor();
  });

  it('shows work going on by Supabase Realtime where that is set, also after the connection was lost', async () => {
    const { page, faults } = await browser.open();
    let streams = 0;
    const count = (change: 1 | -1) => (request: Request) => {
      if (request.url().includes('/api/events')) streams += change;
    };
    page.on('request', count(1)).on('requestfinished', count(-1)).on('requestfailed', count(-1));
    await page.goto(`${listening.url}/sign-in`);
    await signIn(page, OPERATOR);
    await page.getByRole('heading', { name: 'Every story begins' }).waitFor();
    await expect.poll(() => supabase.realtime.channels()).toEqual(['realtime:story_tasks']);
    await expect.poll(() => streams).toBe(0);
    const joins = supabase.realtime.joins();

    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Heard over Realtime.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('progressbar').waitFor();
    supabase.realtime.drop();
    await page.getByRole('heading', { name: 'Your story is ready' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => supabase.realtime.joins(), { timeout: 30_000 }).toBeGreaterThan(joins);

    const lines = await page.getByRole('list', { name: 'What happened' }).getByRole('listitem').allTextContents();
    expect(new Set(lines).size).toBe(lines.length);

    const { stories } = await (await page.request.get(`${listening.url}/api/stories`)).json();
    await page.goto(`${listening.url}/story/${stories[0].id}`);
    const channels = ['realtime:story_tasks', `realtime:story_tasks:${stories[0].id}`];
    await expect.poll(() => supabase.realtime.channels().sort()).toEqual(channels);
    await expect.poll(() => streams).toBe(0);
    // The connection that was cut is news in the console as well.
    expect(faults.filter((fault) => !fault.includes('WebSocket'))).toEqual([]);
  });

  it('shows what happens by the app’s own stream otherwise, whichever database the project has', async () => {
    const { page, faults } = await browser.open();
    const joins = supabase.realtime.joins();
    await page.goto(`${app.url}/sign-in`);
    await signIn(page, OPERATOR);
    await isAwake(page);
    // As after a sleep: the server does not know the person any more, but Supabase does.
    await page.route('**/api/events*', (route) => route.fulfill({ status: 401 }), { times: 1 });
    const isRegained = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/session'),
    );
    await page.goto(`${app.url}/story?q=told`);
    await isRegained;
    const data = { operation: 'CREATE_STORY', payload: { prompt: 'Told by the app.', displayName: 'Told by the app' } };
    await page.request.post(`${app.url}/api/story-tasks`, { data });

    await page.getByRole('heading', { name: 'Told by the app' }).waitFor();
    expect(new URL(page.url()).search).toBe('?q=told');
    expect(supabase.realtime.joins()).toBe(joins);
    expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  });

  it('shows people who may only look nothing that would be refused, says why, and lets them go', async () => {
    const { page } = await browser.open();
    await page.goto(`${app.url}/sign-in`);
    await signIn(page, OPERATOR);
    await isAwake(page);
    const post = async (path: string, data: object = {}) =>
      (await (await page.request.post(`${app.url}/api/story-tasks${path}`, { data })).json()) as { taskId: string };
    const storyNamed = async (name: string) => {
      const answer = await (await page.request.get(`${app.url}/api/stories`)).json();
      const story = (answer as { stories: StoryCard[] }).stories.find(({ displayName }) => displayName === name);
      return String(story?.id ?? expect.fail(`no story is named ${name}`));
    };
    const addressOf = async (name: string) => `${app.url}/story/${await storyNamed(name)}`;
    const runAll = async (name: string) =>
      await post('', { operation: 'RUN_WORKFLOW_TASK', storyId: await storyNamed(name), payload: { task: 'ALL' } });
    await post('', { operation: 'CREATE_STORY', payload: { prompt: 'It waits.', displayName: 'Waiting' } });
    // Without a worker, a task waits and can be cancelled.
    await app.worker?.stop();
    await runAll('Waiting');
    await post(`/${(await runAll('Told by the app')).taskId}/cancel`);
    const made = await addressOf('Heard over Realtime');
    const [empty, waiting] = [await addressOf('Told by the app'), await addressOf('Waiting')];

    // The same presses lead to changes where somebody may make them.
    expect(await changesAskedFor(page, [empty])).toEqual([
      'POST /api/story-tasks',
      'POST /api/story-tasks/<task>/cancel',
    ]);
    await page.route('**/api/session', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are still signed in').waitFor();
    // However slow the server is, it knows before the page goes, which then does not lead back to the operator's story.
    await page.route('**/api/session', (route) => setTimeout(() => route.continue(), 500), { times: 1 });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${app.url}/sign-in`);

    await signIn(page, VISITOR);
    await isAwake(page);
    await page.getByText('You may look and play, but not change anything.').waitFor();
    await page.getByRole('heading', { name: 'Waiting' }).waitFor();
    await page.keyboard.press('n');
    expect(await page.getByText('New story').count()).toBe(0);
    expect(await changesAskedFor(page, [made], { tabs: true })).toEqual([]);
    expect(await changesAskedFor(page, [empty, waiting], { spared: ['Tasks, 1 in progress'] })).toEqual([]);

    await page.goto(`${app.url}/story`);
    await isAwake(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await page.goto(`${app.url}/story`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.request.get(`${app.url}/api/stories`).then((response) => response.status())).toBe(401);
  });
});
