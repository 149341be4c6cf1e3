import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, type RunningPart, startApp, startWorkerAt } from '@story-tree/testkit/programs/app.ts';
import { BRIEF_LEASE, type Variables } from '@story-tree/testkit/programs/cli.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';

const PATIENT = { timeout: 90_000 };
const PHONE = { width: 390, height: 844 };

describe('the task drawer', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let api: Api;
  beforeAll(async () => {
    app = await startApp();
    api = apiOf(app);
  });
  afterAll(() => app?.close());
  /** Only for the tests that need one. */
  const workers: RunningPart[] = [];
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
  });

  function startWorker(variables: Variables = {}): RunningPart {
    // Slow enough to be seen at work.
    const worker = startWorkerAt(app.place, { ...SMALL_STORIES, STUB_LATENCY_MS: '100', ...variables });
    workers.push(worker);
    return worker;
  }

  async function openPage(path: string, options: Parameters<typeof browser.open>[0] = {}) {
    const opened = await browser.open(options);
    await opened.page.goto(`${app.url}${path}`);
    await isAwake(opened.page);
    return { ...opened, ...taskDrawerOn(opened.page) };
  }

  const runAll = (storyId: string) => api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
  const messages = ({ events }: TaskDetail) => events.map(({ message }) => message).reverse();
  const stands = (task: Locator, how: string) => task.getByRole('heading', { name: `${how}: Make everything` });
  const focused = (page: Page) => page.evaluate('document.activeElement?.closest("[data-task]")?.dataset.task');

  it('is empty at first; says that no worker is running; one that is killed loses no work, and nothing is told twice', async () => {
    await app.place.database.pool.query('truncate public.stories cascade');
    const { page, faults, drawer, row } = await openPage('/story');
    await page.keyboard.press('t');
    await drawer.getByRole('heading', { name: 'No tasks yet' }).waitFor();
    const missing = drawer.getByText('No worker is running.');
    await missing.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('t');
    await drawer.waitFor({ state: 'detached' });

    const storyId = await api.newStory();
    const taskId = await runAll(storyId);
    await page.keyboard.press('t');
    const task = row(taskId);
    await task.getByRole('button').first().click();
    const first = startWorker(BRIEF_LEASE);
    await task.getByRole('list', { name: 'Steps' }).getByText('Visual design').waitFor(PATIENT);
    await missing.waitFor({ state: 'detached', ...PATIENT });

    await first.stop('SIGKILL');
    await missing.waitFor(PATIENT);
    expect(await violationsOf(page)).toEqual([]);
    startWorker(BRIEF_LEASE);
    await missing.waitFor({ state: 'detached', ...PATIENT });
    await stands(task, 'Done').waitFor(PATIENT);
    const told = messages(await api.ended(taskId));
    await expect.poll(() => logLines(task)).toEqual(told);
    expect(told.filter((line) => line.startsWith('Resumed'))).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('follows a task from its first line to its last, on any page', async () => {
    const storyId = await api.newStory('A clockmaker winds the town backwards.');
    const { page, faults, button, drawer, row, toasts } = await openPage('/story');
    const taskId = await runAll(storyId);
    await page.getByRole('button', { name: 'Tasks, 1 in progress' }).waitFor();

    await page.keyboard.press('t');
    const task = row(taskId);
    await task.getByRole('button').first().click();
    startWorker();
    await stands(task, 'Running').waitFor(PATIENT);
    await task.getByRole('list', { name: 'Steps' }).getByText('Visual design').waitFor(PATIENT);
    const bar = task.getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), PATIENT).toBeGreaterThan(10);
    expect(await violationsOf(page)).toEqual([]);

    // The drawer stays while one goes elsewhere.
    await page.getByRole('link', { name: 'Story Tree' }).click();
    await stands(task, 'Done').waitFor(PATIENT);
    expect(await button.getAttribute('aria-label')).toBe('Tasks');
    expect(await logLines(task)).toEqual(messages(await api.ended(taskId)));
    expect(await task.getByText(/^\d+ m?s$/).count()).toBeGreaterThan(1);
    expect(await toasts.count()).toBe(0);
    await page.getByRole('status').filter({ hasText: 'is ready to be played' }).waitFor({ state: 'attached' });
    await task.getByRole('button').first().focus();
    expect(await violationsOf(page)).toEqual([]);

    await task.getByRole('link', { name: 'Play the story' }).click();
    await page.waitForURL(`**/story/${storyId}/player`);
    await drawer.getByRole('button', { name: 'This story', pressed: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('goes from task to task by keys, and gives the focus back', async () => {
    const storyId = await api.newStory();
    for (const displayName of ['One', 'Two']) {
      await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName } });
    }
    const { page, open, drawer } = await openPage(`/story/${storyId}`);
    await open();
    await drawer.locator('[data-task]').nth(2).waitFor();
    const rows = await drawer.locator('[data-task]').evaluateAll((all) => all.map((row) => row.dataset.task));

    await page.keyboard.press('j');
    expect(await focused(page)).toBe(rows[0]);
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(rows[1]);
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(rows[0]);
    await page.keyboard.press('Enter');
    await drawer.getByRole('region', { name: 'Log', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Tasks');
  });

  async function storyWith(names: number): Promise<string> {
    const storyId = await api.newStory();
    for (let number = 1; number <= names; number += 1) {
      await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: `Name ${number}` } });
    }
    return storyId;
  }

  it('reads older pages of a story’s history, and of all, back to the first task', async () => {
    // Together more than a page of all tasks has.
    await storyWith(30);
    const storyId = await storyWith(30);
    const { rows: all } = await app.place.database.pool.query('select from public.story_tasks');
    const { open, drawer } = await openPage(`/story/${storyId}`);
    await open();
    const rows = drawer.getByRole('article');
    const older = drawer.getByRole('button', { name: 'Show older tasks' });
    async function readTo(last: number): Promise<void> {
      for (let shown = 20; shown < last; shown += 20) {
        await expect.poll(() => rows.count()).toBe(shown);
        await older.click();
      }
      await expect.poll(() => rows.count()).toBe(last);
      await older.waitFor({ state: 'detached' });
    }

    await readTo(31);
    expect(await rows.first().textContent()).toContain('Name 30');
    expect(await rows.last().textContent()).toContain('Create story');
    await drawer.getByRole('button', { name: 'All', exact: true }).click();
    await readTo(all.length);
  });

  it('fits a phone in both themes, and shows hostile words as the words they are', async () => {
    const hostile = `<img src=x onerror=alert(1)> "'&\u202eשלום 🦉 ${'w'.repeat(100)}`;
    const storyId = await api.newStory();
    await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: hostile } });
    const { page, faults, open, drawer, task } = await openPage(`/story/${storyId}`, { viewport: PHONE });
    await open();
    await task(/Rename story/)
      .getByRole('button')
      .first()
      .click();
    await drawer.getByRole('region', { name: 'Log', exact: true }).waitFor();
    expect(await drawer.getByText(hostile.trim()).count()).toBeGreaterThan(0);
    expect(await drawer.locator('img').count()).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOf(page), colorScheme).toEqual([]);
      expect(
        await drawer.evaluate((box) => [box.offsetWidth, box.offsetHeight, box.scrollWidth <= box.clientWidth]),
      ).toEqual([PHONE.width, PHONE.height, true]);
    }
    expect(faults).toEqual([]);
  });
});
