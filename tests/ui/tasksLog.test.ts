import { readFile } from 'node:fs/promises';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, sharedApp } from '@story-tree/testkit/programs/app.ts';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';

describe('the log of a task', () => {
  const browser = useBrowser({ acceptDownloads: true });
  let app: RunningApp;
  let api: Api;
  // Without a worker: each line is written when the test wants it.
  beforeAll(async () => {
    app = await sharedApp();
    api = apiOf(app);
  });

  /** Opens the log of a task that waits, of which it tells already what is given. */
  async function openLog(
    told: readonly string[] = [],
  ): Promise<{ page: Page; log: Locator; task: Locator; taskId: string }> {
    const storyId = await api.newStory();
    const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
    await append(taskId, told);
    const { page } = await browser.keep();
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

  const append = (taskId: string, messages: readonly string[], event = PROGRESS) =>
    app.place.database.pool.query('select public.append_story_task_events($1, $2)', [
      taskId,
      JSON.stringify(messages.map((message) => ({ ...event, message }))),
    ]);

  it('is followed to its end until the reader scrolls up, and then stands still, also when the task ends', async () => {
    const { page, log, task, taskId } = await openLog();
    const box = log.getByRole('region', { name: 'Log lines' });
    const top = () => box.evaluate((it) => it.scrollTop);
    const end = () => box.evaluate((it) => Math.round(it.scrollHeight - it.clientHeight - it.scrollTop));
    await append(taskId, numbered(40));
    await expect.poll(() => logLines(task)).toHaveLength(41);
    await expect.poll(end).toBeLessThan(24);
    expect(await top()).toBeGreaterThan(300);

    await box.hover();
    await page.mouse.wheel(0, -150);
    const newest = log.getByRole('button', { name: 'Jump to the newest line' });
    await newest.waitFor();
    const kept = await top();
    await append(taskId, ['One more.']);
    await expect.poll(() => logLines(task)).toHaveLength(42);
    expect(await top()).toBe(kept);
    await api.post(`/api/story-tasks/${taskId}/cancel`, {});
    await task.getByRole('heading', { name: /^Cancelled/ }).waitFor();
    expect(await top()).toBe(kept);

    await newest.click();
    await expect.poll(end).toBeLessThan(24);
    await newest.waitFor({ state: 'detached' });
  });

  it('can be searched, narrowed down, copied and taken away', async () => {
    const { page, log, task, taskId } = await openLog();
    await append(taskId, ['Key frame of shot 1 stored.', 'Speech of shot 1 stored.', 'Key frame of shot 2 stored.']);
    await append(taskId, ['Resumed.'], { eventType: 'info', step: 'resumed' });
    await expect.poll(() => logLines(task)).toHaveLength(5);

    await log.getByRole('searchbox', { name: 'Search the log' }).fill('KEY frame');
    expect(await logLines(task)).toEqual(['Key frame of shot 1 stored.', 'Key frame of shot 2 stored.']);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      log.getByRole('button', { name: 'Download the log' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(`story-task-${taskId}.log`);
    const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z {2}unit-done {2}Key frame of/);

    await log.getByRole('searchbox').fill('');
    await log.getByRole('button', { name: 'Problems' }).click();
    await log.getByText('No lines match.').waitFor();
    await log.getByRole('button', { name: 'Notes' }).click();
    expect(await logLines(task)).toEqual(['Queued.', 'Resumed.']);

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await task.getByRole('button', { name: 'Copy the id' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(taskId);
  });

  it('is whole, however long it is', async () => {
    const { task, taskId } = await openLog(numbered(450));
    await expect.poll(() => logLines(task)).toEqual(['Queued.', ...numbered(450)]);
    await append(taskId, ['One more.']);
    await expect.poll(async () => (await logLines(task)).slice(-2)).toEqual(['Line 450.', 'One more.']);
  });
});

const PROGRESS = { eventType: 'progress', step: 'unit-done' };

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Line ${index + 1}.`);
}
