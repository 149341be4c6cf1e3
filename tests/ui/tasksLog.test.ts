import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../api/support/api.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';
import { SMALL_STORIES } from '../support/smallStories.ts';
import { isAwake, logLines, taskDrawerOn } from './taskDrawerPage.ts';

const PATIENT = { timeout: 90_000 };

describe('the log of a task', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let api: Api;
  beforeAll(async () => {
    app = await startApp({ worker: true, variables: { ...SMALL_STORIES, STUB_LATENCY_MS: '150' } });
    api = apiOf(app);
  });
  afterAll(() => app?.close());

  /** Opens the log of a task that makes a whole story. */
  async function openLog(): Promise<{ page: Page; log: Locator; task: Locator; taskId: string }> {
    const storyId = await api.newStory();
    const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
    const { page } = await browser.open({ reducedMotion: 'reduce', acceptDownloads: true });
    await page.goto(`${app.url}/story/${storyId}`);
    await isAwake(page);
    const { open, drawer } = taskDrawerOn(page);
    await open();
    const task = drawer.locator(`[data-task="${taskId}"]`);
    await task.getByRole('button').first().click();
    const log = task.getByRole('region', { name: 'Log', exact: true });
    await log.waitFor();
    return { page, log, task, taskId };
  }

  it('is followed to its end until the reader scrolls up', async () => {
    const { page, log } = await openLog();
    const box = log.getByRole('region', { name: 'Lines of the log' });
    const end = () => box.evaluate((it) => Math.round(it.scrollHeight - it.clientHeight - it.scrollTop));
    const length = () => box.getByRole('listitem').count();
    await expect.poll(() => box.evaluate((it) => it.scrollHeight > it.clientHeight + 200), PATIENT).toBe(true);
    expect(await end()).toBeLessThan(24);

    await box.hover();
    await page.mouse.wheel(0, -150);
    const newest = log.getByRole('button', { name: 'To the newest line' });
    await newest.waitFor();
    const [before, top] = [await length(), await box.evaluate((it) => it.scrollTop)];
    await expect.poll(length, PATIENT).toBeGreaterThan(before + 3);
    expect(await box.evaluate((it) => it.scrollTop)).toBe(top);

    await newest.click();
    await expect.poll(end).toBeLessThan(24);
    await newest.waitFor({ state: 'detached' });
  });

  it('can be searched, narrowed down, copied and taken away', async () => {
    const { page, log, task, taskId } = await openLog();
    await api.ended(taskId);
    await expect.poll(async () => (await logLines(task)).at(-1), PATIENT).toContain('is ready to be played');
    const all = await logLines(task);

    await log.getByRole('searchbox', { name: 'Search the log' }).fill('KEY frame stored');
    const found = await logLines(task);
    expect(found).toEqual(all.filter((line) => line.startsWith('Key frame of') && line.includes('stored')));
    expect(found.length).toBeGreaterThan(2);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      log.getByRole('button', { name: 'Download the log' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(`story-task-${taskId}.log`);
    const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(found.length);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z {2}unit-done {2}Key frame of/);

    await log.getByRole('searchbox').fill('');
    await log.getByRole('button', { name: 'Problems' }).click();
    await log.getByText('No line fits.').waitFor();
    await log.getByRole('button', { name: 'Notes' }).click();
    expect(await logLines(task)).toContain('Queued.');

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await task.getByRole('button', { name: 'Copy the id' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(taskId);
  });

  it('is whole, however long it is', async () => {
    const idle = await startApp();
    try {
      const { newStory, submit } = apiOf(idle);
      const storyId = await newStory();
      const taskId = await submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
      const lines = Array.from({ length: 450 }, (_, index) => `Line ${index + 1}.`);
      const append = (messages: readonly string[]) =>
        idle.place.database.pool.query('select public.append_story_task_events($1, $2)', [
          taskId,
          JSON.stringify(messages.map((message) => ({ eventType: 'progress', step: 'unit-done', message }))),
        ]);
      await append(lines);
      const { page } = await browser.open({ reducedMotion: 'reduce' });
      await page.goto(`${idle.url}/story/${storyId}`);
      await isAwake(page);
      const { open, task } = taskDrawerOn(page);
      await open();
      const row = task(/Waiting: Make everything/);
      await row.getByRole('button').first().click();
      await expect.poll(() => logLines(row), PATIENT).toEqual(['Queued.', ...lines]);
      await append(['One more.']);
      await expect.poll(async () => (await logLines(row)).slice(-2), PATIENT).toEqual(['Line 450.', 'One more.']);
    } finally {
      await idle.close();
    }
  });
});
