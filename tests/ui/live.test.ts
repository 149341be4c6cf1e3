import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';

/** Making a story takes its time where other tests run beside. */
const PATIENT = { timeout: 90_000 };

describe('live updates', () => {
  const browser = useBrowser();
  const apps: RunningApp[] = [];
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });

  async function start(options: Parameters<typeof startApp>[0]): Promise<RunningApp> {
    const app = await startApp(options);
    apps.push(app);
    return app;
  }

  async function submit(app: RunningApp, payload: Record<string, unknown>): Promise<string> {
    const response = await fetch(`${app.url}/api/story-tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'CREATE_STORY', payload }),
    });
    return ((await response.json()) as { taskId: string }).taskId;
  }

  async function openStories(app: RunningApp, page: Page): Promise<Page> {
    await page.goto(`${app.url}/story`);
    await page.getByRole('heading', { name: 'Every story begins' }).waitFor();
    return page;
  }

  const storyCard = (page: Page, name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

  it('reach all tabs of a browser over one connection, also when the tab that holds it is closed', async () => {
    const app = await start({ worker: true, variables: SMALL_STORIES });
    const { page } = await browser.open();
    const context = page.context();
    const streams: Page[] = [];
    context.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/events') streams.push(request.frame().page());
    });
    const tabs = [page, await context.newPage(), await context.newPage()];
    for (const tab of tabs) await openStories(app, tab);
    await expect.poll(() => streams.length).toBe(1);

    await submit(app, { prompt: 'One for all.', displayName: 'First', runAll: true });
    for (const tab of tabs) await storyCard(tab, 'First').getByText('Ready to play').waitFor(PATIENT);
    expect(streams).toHaveLength(1);

    const [leader] = streams;
    await leader?.close();
    await expect.poll(() => streams.length).toBe(2);
    await submit(app, { prompt: 'One more.', displayName: 'Second' });
    for (const tab of tabs.filter((one) => one !== leader)) await storyCard(tab, 'Second').waitFor();
  });

  it('correct a tab whose page is older than what the other tabs have received', async () => {
    const app = await start({});
    const { page } = await browser.open();
    await openStories(app, page);
    const taskId = await submit(app, { prompt: 'Waiting for a worker.', runAll: true });
    const atWork = (tab: Page) => tab.getByRole('button', { name: /^Tasks, 1/ });
    await atWork(page).waitFor();

    // The second tab has its page, and no script to continue from.
    const late = await page.context().newPage();
    const scripts = Promise.withResolvers<void>();
    await late.route('**/_next/static/**/*.js*', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await late.goto(`${app.url}/story`, { waitUntil: 'commit' });
    await expect.poll(() => late.content()).toContain(taskId);
    await fetch(`${app.url}/api/story-tasks/${taskId}/cancel`, { method: 'POST' });
    await atWork(page).waitFor({ state: 'detached' });
    scripts.resolve();

    const { open, task } = taskDrawerOn(late);
    await isAwake(late);
    await open();
    await task(/^Cancelled: Create story/).waitFor();
    expect(await atWork(late).count()).toBe(0);
  });

  it('catch up after the server was gone, while the worker went on', async () => {
    const app = await start({ worker: true, variables: { ...SMALL_STORIES, STUB_LATENCY_MS: '150' } });
    const { page } = await browser.open();
    await openStories(app, page);
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('The server goes away.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('progressbar').waitFor();

    await app.stop('SIGKILL');
    await page.getByText('Not connected to Story Tree').waitFor();
    const { port } = new URL(app.url);
    await start({ place: app.place, variables: { PORT: port } });

    await page.getByText('Not connected to Story Tree').waitFor({ state: 'detached', ...PATIENT });
    await page.getByRole('heading', { name: 'Your story is ready' }).waitFor(PATIENT);
    const lines = () => page.getByRole('list', { name: 'What happened' }).getByRole('listitem').allTextContents();
    // Each message carries the task as it is by then, so the end shows before the last lines have arrived.
    await expect.poll(async () => (await lines()).length).toBeGreaterThan(3);
    const shown = await lines();
    expect(new Set(shown).size).toBe(shown.length);
    await page.keyboard.press('Escape');
    await page.getByText('Ready to play').waitFor(PATIENT);
  });
});
