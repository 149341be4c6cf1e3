import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, type RunningPart, startApp, startWorkerAt } from '@story-tree/testkit/programs/app.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { whileItStandsStill } from '@story-tree/testkit/worker/standStill.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskPage } from '../../apps/story-tree-ui/src/wire/index.ts';

/** Making a story takes its time where other tests run beside. */
const PATIENT = { timeout: 90_000 };

describe('live updates', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let worker: RunningPart;
  let api: Api;
  beforeAll(async () => {
    begin(await startApp());
    worker = startWorkerAt(app.place, { ...SMALL_STORIES, STUB_LATENCY_MS: '100' });
  });
  afterAll(async () => {
    await worker?.stop();
    await app?.close();
  });

  function begin(started: RunningApp): void {
    app = started;
    api = apiOf(app);
  }

  const create = (payload: Record<string, unknown>) => api.submit({ operation: 'CREATE_STORY', payload });

  async function openStories(page: Page): Promise<Page> {
    await page.goto(`${app.url}/story`);
    await isAwake(page);
    return page;
  }

  const storyCard = (page: Page, name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

  it('reach all tabs of a browser over one connection, also when the tab that holds it is closed', async () => {
    const { page } = await browser.open();
    const context = page.context();
    const streams: Page[] = [];
    context.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/events') streams.push(request.frame().page());
    });
    const tabs = [page, await context.newPage(), await context.newPage()];
    for (const tab of tabs) await openStories(tab);
    await expect.poll(() => streams.length).toBe(1);

    await create({ prompt: 'One for all.', displayName: 'First', runAll: true });
    for (const tab of tabs) await storyCard(tab, 'First').getByText('Ready to play').waitFor(PATIENT);
    expect(streams).toHaveLength(1);

    const [leader] = streams;
    await leader?.close();
    await expect.poll(() => streams.length).toBe(2);
    await create({ prompt: 'One more.', displayName: 'Second' });
    for (const tab of tabs.filter((one) => one !== leader)) await storyCard(tab, 'Second').waitFor();
  });

  it('correct a tab whose page is older than what the other tabs have received', async () => {
    const { page } = await browser.open();
    await openStories(page);
    const atWork = (tab: Page) => tab.getByRole('button', { name: /^Tasks, 1/ });
    const late = await page.context().newPage();
    const scripts = Promise.withResolvers<void>();
    await whileItStandsStill(worker, app.place.database, async () => {
      const taskId = await create({ prompt: 'Waiting for a worker.', runAll: true });
      await atWork(page).waitFor();

      // The second tab has its page, and no script to continue from.
      await late.route('**/_next/static/**/*.js*', async (route) => {
        await scripts.promise;
        await route.continue();
      });
      await late.goto(`${app.url}/story`, { waitUntil: 'commit' });
      await expect.poll(() => late.content()).toContain(taskId);
      await api.post(`/api/story-tasks/${taskId}/cancel`, {});
      await atWork(page).waitFor({ state: 'detached' });
    });
    scripts.resolve();

    const { open, task } = taskDrawerOn(late);
    await isAwake(late);
    await open();
    await task(/^Cancelled: Create story/).waitFor();
    expect(await atWork(late).count()).toBe(0);
  });

  it('catch up after the server was gone, while the worker went on, with nothing lost or told twice', async () => {
    const { page } = await browser.open();
    const tab = await openStories(await page.context().newPage());
    const { open, drawer, row } = taskDrawerOn(tab);
    await open();
    await openStories(page);
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('The server goes away.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('progressbar').waitFor();
    const { tasks } = await api.read<TaskPage>('/api/story-tasks?limit=1');
    const taskId = String(tasks[0]?.id);
    const task = row(taskId);
    await task.getByRole('button').first().click();
    await task.getByRole('list', { name: 'Steps' }).waitFor(PATIENT);

    const { place } = app;
    const { port } = new URL(app.url);
    await whileItStandsStill(worker, app.place.database, async () => {
      await app.stop('SIGKILL');
      await page.getByText('Not connected to Story Tree').waitFor();
      await drawer.getByText('Not connected: this may be out of date.').waitFor(PATIENT);
    });
    const isOver = 'select from public.story_tasks where id = $1 and finished_at is not null';
    await expect.poll(async () => (await place.database.pool.query(isOver, [taskId])).rowCount, PATIENT).toBe(1);
    begin(await startApp({ place, variables: { PORT: port } }));

    await page.getByText('Not connected to Story Tree').waitFor({ state: 'detached', ...PATIENT });
    await page.getByRole('heading', { name: 'Your story is ready' }).waitFor(PATIENT);
    const told = (await api.ended(taskId)).events.map(({ message }) => message).reverse();
    await expect.poll(() => logLines(task)).toEqual(told);
    await drawer.getByText('Not connected').waitFor({ state: 'detached' });
    const lines = () => page.getByRole('list', { name: 'What happened' }).getByRole('listitem').allTextContents();
    // Each message carries the task as it is by then, so the end shows before the last lines have arrived.
    await expect.poll(async () => (await lines()).length).toBeGreaterThan(3);
    const shown = await lines();
    expect(new Set(shown).size).toBe(shown.length);
    await page.keyboard.press('Escape');
    await storyCard(page, 'The server goes away').getByText('Ready to play').waitFor(PATIENT);
  });
});
