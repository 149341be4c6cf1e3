import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';

const PATIENT = { timeout: 90_000 };
const PHONE = { width: 390, height: 844 };

describe('the task drawer', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let api: Api;
  beforeAll(async () => {
    app = await startApp({ worker: true, variables: { ...SMALL_STORIES, STUB_LATENCY_MS: '100' } });
    api = apiOf(app);
  });
  afterAll(() => app?.close());

  async function openPage(path: string, options: Parameters<typeof browser.open>[0] = {}) {
    const opened = await browser.open(options);
    await opened.page.goto(`${app.url}${path}`);
    await isAwake(opened.page);
    return { ...opened, ...taskDrawerOn(opened.page) };
  }

  const runAll = (storyId: string) => api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
  const messages = ({ events }: TaskDetail) => events.map(({ message }) => message).reverse();
  const focused = (page: Page) => page.evaluate('document.activeElement?.closest("[data-task]")?.dataset.task');

  it('is empty at first, and says what it is for', async () => {
    const fresh = await startApp();
    try {
      const { page } = await browser.open();
      await page.goto(`${fresh.url}/story`);
      await isAwake(page);
      await page.keyboard.press('t');
      const { drawer } = taskDrawerOn(page);
      await drawer.getByRole('heading', { name: 'No tasks yet' }).waitFor();
      await drawer.getByText('No worker is running.').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('t');
      await drawer.waitFor({ state: 'detached' });
    } finally {
      await fresh.close();
    }
  });

  it('follows a task from its first line to its last, on any page', async () => {
    const storyId = await api.newStory('A clockmaker winds the town backwards.');
    const { page, faults, button, drawer, task, toasts } = await openPage('/story');
    const taskId = await runAll(storyId);
    await page.getByRole('button', { name: 'Tasks, 1 in progress' }).waitFor();

    await page.keyboard.press('t');
    await task(/Make everything/)
      .getByRole('button')
      .first()
      .click();
    const running = task(/Running: Make everything/);
    await running.getByRole('list', { name: 'Steps' }).getByText('Visual design').waitFor(PATIENT);
    const bar = running.getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), PATIENT).toBeGreaterThan(10);
    expect(await violationsOf(page)).toEqual([]);

    // The drawer stays while one goes elsewhere.
    await page.getByRole('link', { name: 'Story Tree' }).click();
    const ended = task(/Done: Make everything/);
    await ended.waitFor(PATIENT);
    expect(await button.getAttribute('aria-label')).toBe('Tasks');
    expect(await logLines(ended)).toEqual(messages(await api.ended(taskId)));
    expect(await ended.getByText(/^\d+ m?s$/).count()).toBeGreaterThan(1);
    expect(await toasts.count()).toBe(0);
    await page.getByRole('status').filter({ hasText: 'is ready to be played' }).waitFor({ state: 'attached' });
    await ended.getByRole('button').first().focus();
    expect(await violationsOf(page)).toEqual([]);

    await ended.getByRole('link', { name: 'Play the story' }).click();
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

  it('reads older pages of a story’s history on request', async () => {
    const storyId = await api.newStory();
    for (let number = 1; number <= 30; number += 1) {
      await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: `Name ${number}` } });
    }
    const { open, drawer } = await openPage(`/story/${storyId}`);
    await open();
    const rows = drawer.getByRole('article');
    await expect.poll(() => rows.count()).toBe(20);
    expect(await rows.first().textContent()).toContain('Name 30');
    await drawer.getByRole('button', { name: 'Show older tasks' }).click();
    await expect.poll(() => rows.count()).toBe(31);
    expect(await rows.last().textContent()).toContain('Create story');
    await drawer.getByRole('button', { name: 'Show older tasks' }).waitFor({ state: 'detached' });
  });

  it('goes back to the first task of all stories', async () => {
    const storyId = await api.newStory();
    for (let number = 1; number <= 60; number += 1) {
      await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: `Name ${number}` } });
    }
    const { rows: all } = await app.place.database.pool.query('select from public.story_tasks');
    const { page, drawer } = await openPage('/story');
    await page.keyboard.press('t');
    const rows = drawer.getByRole('article');
    await rows.first().waitFor();
    const older = drawer.getByRole('button', { name: 'Show older tasks' });
    for (let shown = 20; shown < all.length; shown += 20) {
      await expect.poll(() => rows.count()).toBe(shown);
      await older.click();
    }
    await expect.poll(() => rows.count()).toBe(all.length);
    expect(await older.count()).toBe(0);
  });

  it('fits a phone, in both themes', async () => {
    const storyId = await api.newStory();
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, open, drawer, task } = await openPage(`/story/${storyId}`, { viewport: PHONE, colorScheme });
      await open();
      await task(/Create story/)
        .getByRole('button')
        .first()
        .click();
      await drawer.getByRole('region', { name: 'Log', exact: true }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(
        await drawer.evaluate((box) => [box.offsetWidth, box.offsetHeight, box.scrollWidth <= box.clientWidth]),
      ).toEqual([PHONE.width, PHONE.height, true]);
    }
  });

  it('shows hostile words as the words they are', async () => {
    const hostile = `<img src=x onerror=alert(1)> "'&\u202eשלום 🦉 ${'w'.repeat(100)}`;
    const storyId = await api.newStory();
    await api.submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: hostile } });
    const { page, faults, open, drawer, task } = await openPage('/story');
    await open();
    await task(/Rename story/)
      .getByRole('button')
      .first()
      .click();
    await drawer.getByRole('region', { name: 'Log', exact: true }).waitFor();
    expect(await drawer.getByText(hostile.trim()).count()).toBeGreaterThan(0);
    expect(await drawer.locator('img').count()).toBe(0);
    expect(await drawer.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
