import { createStoryTasksRepository } from '@story-tree/supabase';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStory, storyOn } from './storyPages.ts';

describe('the constitution of a story', () => {
  const browser = useBrowser();
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ worker: true });
  });
  afterAll(() => app?.close());

  it('is rewritten as asked, compared word by word, and restored', async () => {
    const storyId = await makeStory(app.place, '--until', 'CREATE_CONSTITUTION');
    const { page, faults } = await browser.open();
    const story = storyOn(page, app.url, storyId);
    await story.open('constitution');
    await page.getByText('Version 1', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Rewrite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rewrite the constitution' });
    await dialog.getByRole('textbox', { name: 'What should be different?' }).fill('With a zeppelin in it.');
    await dialog.getByRole('region', { name: 'Estimate' }).getByText('1 model call, free of charge').waitFor();
    const limit = dialog.getByRole('textbox', { name: 'Spend at most' });
    await limit.fill('nothing');
    await dialog.getByText('Enter an amount above 0').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await limit.fill('2.50');
    await dialog.getByRole('button', { name: 'Rewrite it' }).click();
    await page.getByText('Version 2', { exact: true }).waitFor();
    await story.isFree();
    const tasks = createStoryTasksRepository(app.place.database.kysely);
    const { tasks: [asked] = [] } = await tasks.list(storyId, { state: 'all', limit: 1 });
    expect(asked).toMatchObject({
      operation: 'REGENERATE_CONSTITUTION',
      payload: { guidance: 'With a zeppelin in it.', maxCost: 2.5 },
    });

    await page.getByRole('button', { name: 'Compare version 1 with the current one' }).click();
    await page.getByRole('heading', { name: 'From version 1 to version 2' }).waitFor();
    await page.locator('ins').filter({ hasText: 'zeppelin' }).waitFor();
    expect(new URL(page.url()).searchParams.get('compare')).toBe('1');
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await page.locator('ins').filter({ hasText: 'zeppelin' }).waitFor();

    await page.getByRole('button', { name: 'Restore version 1' }).click();
    const question = page.getByRole('alertdialog', { name: 'Restore version 1?' });
    expect(await violationsOf(page)).toEqual([]);
    await question.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByText('Version 3', { exact: true }).waitFor();
    await page.getByText('Restored just now').waitFor();
    await expect.poll(() => page.locator('ins').count()).toBe(0);
    expect(await page.getByText('zeppelin').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('has an outline that leads to its parts', async () => {
    const storyId = await makeStory(app.place, '--until', 'CREATE_CONSTITUTION');
    const { page } = await browser.open();
    await storyOn(page, app.url, storyId).open('constitution');
    const outline = page.getByRole('navigation', { name: 'Outline' }).getByRole('link');
    const last = outline.last();
    const words = String(await last.textContent());
    await last.focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: words, exact: true });
    await heading.and(page.locator(':target')).waitFor();
    await expect.poll(async () => (await heading.boundingBox())?.y ?? -1).toBeLessThan(720);
  });
});
