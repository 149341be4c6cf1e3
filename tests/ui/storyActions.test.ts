import { stat } from 'node:fs/promises';
import path from 'node:path';
import { keyFramePath } from '@story-tree/domain';
import { createStoryTasksRepository } from '@story-tree/supabase';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { whileItStandsStill } from '@story-tree/testkit/worker/standStill.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEmptyStory, makeStory, SMALL_STORY, storyOn } from './storyPages.ts';

describe('what can be done with a story', () => {
  const browser = useBrowser();
  let app: RunningApp;
  /** A story that is complete, until the last test deletes it. */
  let complete: string;
  beforeAll(async () => {
    // Slow enough that one sees what happens, in a slow browser as well.
    app = await startApp({ worker: true, variables: { ...SMALL_STORY, STUB_LATENCY_MS: '2000' } });
    complete = await makeStory(app.place);
  });
  afterAll(() => app?.close());

  async function open(storyId: string, tab: Parameters<ReturnType<typeof storyOn>['open']>[0], query?: string) {
    const { page, faults } = await browser.keep();
    const story = storyOn(page, app.url, storyId);
    await story.open(tab, query);
    return { page, faults, story };
  }

  /** Renames the way a person with a keyboard does. */
  async function rename(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name: 'Rename' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the story' }).fill(name);
    await page.keyboard.press('Enter');
  }

  /** How wide the filled part of a bar is drawn, in pixels. */
  const filled = (bar: Locator) => bar.locator('> div > div').evaluate((part) => part.getBoundingClientRect().width);

  it('shows a new name at once, here and in the list, and keeps it', async () => {
    const storyId = await makeEmptyStory(app.place);
    const { page, faults } = await browser.open();
    const story = storyOn(page, app.url, storyId);
    await page.goto(`${app.url}/story`);
    await page.locator(`a[href*="${storyId}"]`).first().click();
    await story.title.waitFor();
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/story-tasks', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await rename(page, 'The Clock That Listened');
    await page.getByRole('heading', { level: 1, name: 'The Clock That Listened' }).waitFor();
    await expect.poll(() => page.title()).toContain('The Clock That Listened');
    await expect.poll(() => page.evaluate('document.activeElement.ariaLabel')).toBe('Rename');
    await page.getByRole('link', { name: 'Story Tree' }).click();
    await page.getByRole('heading', { name: 'The Clock That Listened' }).waitFor();

    const renamed = page.waitForResponse('**/api/story-tasks');
    answer.resolve();
    await renamed;
    await story.open('constitution');
    expect(await story.title.textContent()).toBe('The Clock That Listened');
    expect(faults).toEqual([]);
  });

  it('returns to the old name when the server refuses the new one', async () => {
    const storyId = await makeEmptyStory(app.place);
    const { page } = await browser.open();
    const story = storyOn(page, app.url, storyId);
    const card = page.locator(`a[href*="${storyId}"]`).first();
    await page.goto(`${app.url}/story`);
    await card.click();
    await page.getByRole('button', { name: 'Rename' }).waitFor();
    const before = await story.title.textContent();
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/story-tasks', async (route) => {
      await answer.promise;
      await route.fulfill({ status: 422, json: { error: { code: 'invalid_input', message: 'Not that name.' } } });
    });
    await rename(page, 'A Name That Nobody Wants');
    await page.getByRole('heading', { level: 1, name: 'A Name That Nobody Wants' }).waitFor();
    // What the list shows from here on comes from what was typed and refused, not from reading it again.
    await page.route('**/api/stories', () => undefined);
    await page.getByRole('link', { name: 'Story Tree' }).click();
    await page.getByRole('heading', { name: 'A Name That Nobody Wants' }).waitFor();
    answer.resolve();
    await page.getByRole('heading', { name: 'A Name That Nobody Wants' }).waitFor({ state: 'detached' });
    expect(await card.textContent()).toContain(before);
    await page.getByText('Not that name.').waitFor();
    await card.click();
    await expect.poll(() => story.title.textContent()).toBe(before);

    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the story' }).fill('Thought better of it');
    await page.keyboard.press('Escape');
    expect(await story.title.textContent()).toBe(before);
  });

  const topOf = async (of: Locator) => (await of.boundingBox())?.y ?? Number.NaN;
  const bottomOf = async (of: Locator) => (await topOf(of)) + ((await of.boundingBox())?.height ?? Number.NaN);

  it('keeps toasts off what one writes in and acts with, on any screen', async () => {
    const { page } = await browser.open();
    await storyOn(page, app.url, complete).open('constitution');
    const chat = { opens: 'Discuss', row: page.getByRole('dialog').locator('form') };
    const rewriting = { opens: 'Rewrite', row: page.getByRole('dialog').locator('footer') };
    for (const { opens, row, width, height } of [
      { ...chat, width: 390, height: 844 },
      { ...rewriting, width: 390, height: 844 },
      { ...chat, width: 1280, height: 720 },
    ]) {
      await page.setViewportSize({ width, height });
      const answer = Promise.withResolvers<void>();
      await page.route('**/api/story-tasks', async (route) => {
        await answer.promise;
        await route.fulfill({ status: 422, json: { error: { code: 'invalid_input', message: 'Not that name.' } } });
      });
      await rename(page, 'A Name That Nobody Wants');
      await page.getByRole('button', { name: opens, exact: true }).click();
      await row.waitFor();
      answer.resolve();
      const toast = page.locator('[data-sonner-toast][data-mounted="true"]');
      await toast.hover(); // It stays as long as one is on it.
      await expect.poll(async () => (await topOf(row)) - (await bottomOf(toast))).toBeGreaterThan(0);
      await toast.getByRole('button', { name: 'Close toast' }).click();
      await toast.waitFor({ state: 'detached' });
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
      await row.waitFor({ state: 'detached' });
      await page.unroute('**/api/story-tasks');
    }
  });

  it('shows an embedded player the new name, and says what was made before the change and how to make it again', async () => {
    const { page, faults, story } = await open(complete, 'player');
    const player = page.frameLocator('iframe');
    await page.getByText('Complete', { exact: true }).waitFor();
    await player.getByRole('button', { name: 'Begin', exact: true }).click();
    await player.locator('#play-screen').waitFor();
    await rename(page, 'The Lamp and the Ships');
    // It plays on, under its new name.
    await player.locator('#play-screen').getByRole('heading', { name: 'The Lamp and the Ships' }).waitFor();
    await page.getByText('The player bundle is out of date').waitFor();
    await page.getByText('Complete', { exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await player.getByRole('heading', { name: 'The Lamp and the Ships' }).waitFor();

    await page.getByRole('button', { name: 'Rebuild' }).click();
    await page.getByText('The player bundle is out of date').waitFor({ state: 'detached' });
    await story.isFree();
    await story.openRunMenu();
    await story
      .menuItem(/^Player bundle/)
      .getByText('Done')
      .waitFor();
    await page.keyboard.press('Escape');

    // A change of what is played interrupts nobody either: it is loaded when the person wants it.
    const changed = page.getByText('The story has changed since the player was opened.');
    expect(await changed.count()).toBe(0);
    await player.getByRole('button', { name: 'Continue' }).click();
    await app.place.database.pool.query(
      `update public.scenelets set content = jsonb_set(content, '{description}', '"Another."') where story_id = $1`,
      [complete],
    );
    await rename(page, 'The Lamp and the Ship');
    await changed.waitFor();
    await player.locator('#play-screen').waitFor();
    await page.getByRole('button', { name: 'Load the changes' }).click();
    await player.locator('#title-screen').getByRole('heading', { name: 'The Lamp and the Ship' }).waitFor();
    await changed.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('runs tasks from the menu, and shows what comes of it as it comes', async () => {
    const storyId = await makeEmptyStory(app.place);
    const { page, faults, story } = await open(storyId, 'script');
    await page.getByRole('button', { name: 'Run task' }).focus();
    await page.keyboard.press('Enter');
    await story
      .menuItem(/^Visual design/)
      .getByText('Run Constitution and Interactive script first.')
      .waitFor();
    expect(await story.menuItem(/^Visual design/).getAttribute('aria-disabled')).toBe('true');

    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const question = page.getByRole('dialog', { name: 'Make everything' });
    await question.getByText(/\d+ model calls/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Task in progress' }).waitFor();
    await page.getByRole('link', { name: 'scenelet-1' }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel this task' }).click();
    await story.isFree();
    expect(faults).toEqual([]);
  });

  it('lets nothing else be asked while a task holds the story, and says why', async () => {
    const storyId = await makeStory(app.place, '--until', 'CREATE_SHOT_PRODUCTION');
    const { page, story } = await open(storyId, 'visual');
    const others = page.getByRole('button', { name: 'Make environment images' });
    // What nobody works on holds the story as long as one likes.
    await whileItStandsStill(app.worker, app.place.database, async () => {
      await page.getByRole('button', { name: 'Make character sheets' }).click();
      const strip = page.getByRole('region', { name: 'Task in progress' });
      await strip.getByText('Waiting').waitFor();
      expect(await filled(strip.getByRole('progressbar'))).toBe(0);
      await story.openRunMenu();
      await story.menuItem('Make everything').getByText('“Create character model sheet” is waiting to run').waitFor();
      for (const item of await page.getByRole('menuitem').all()) {
        expect(await item.getAttribute('aria-disabled')).toBe('true');
      }
      await page.keyboard.press('Escape');
      expect(await others.getAttribute('aria-disabled')).toBe('true');
      await page.getByRole('button', { name: 'More', exact: true }).click();
      expect(await story.menuItem(/Delete story/).getAttribute('aria-disabled')).toBe('true');
      await page.keyboard.press('Escape');
    });

    await story.isFree();
    await page.getByText('All made').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Enlarge/ }).count()).toBeGreaterThan(0);
    expect(await others.getAttribute('aria-disabled')).toBeNull();
  });

  it('names what is removed before anything is regenerated, and removes nothing without asking', async () => {
    const storyId = await makeStory(app.place);
    const { page, story } = await open(storyId, 'script');
    await story.openRunMenu();
    await story.menuItem(/^Interactive script/).click();
    const dialog = page.getByRole('dialog', { name: 'Interactive script' });
    await dialog.getByText('7 scenelets').waitFor();
    const losses = await dialog.getByRole('listitem').allTextContents();
    expect(losses).toEqual(expect.arrayContaining(['the visual design', '7 shots', '7 key frames', '7 recordings']));
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toContain('Run task');

    await story.openRunMenu();
    await story.menuItem(/^Interactive script/).click();
    await dialog.getByRole('button', { name: 'Regenerate' }).click();
    await page.getByRole('region', { name: 'Task in progress' }).waitFor();
    await story.goTo('visual');
    await page.getByRole('heading', { name: 'The story has no look yet' }).waitFor();
    await story.isFree();
    await story.goTo('script');
    await page.getByRole('link', { name: 'scenelet-1' }).first().waitFor();
  });

  it('rewrites the constitution as asked, compares it word by word, and restores it', async () => {
    const storyId = await makeStory(app.place, '--until', 'CREATE_CONSTITUTION');
    const { page, faults, story } = await open(storyId, 'constitution');
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
    // The list of versions and the text are read one apart from the other.
    await page.getByText(/^Version 3 · /).waitFor();
    await expect.poll(() => page.locator('ins').count()).toBe(0);
    expect(await page.getByText('zeppelin').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('regenerates one picture and leaves all others alone', async () => {
    const { page, faults, story } = await open(complete, 'shots', '?scenelet=scenelet-1');
    const made = async (label: string) =>
      (await stat(path.join(app.place.assets, keyFramePath(complete, label, 1)))).mtimeMs;
    const before = [await made('scenelet-1'), await made('scenelet-2')];
    const picture = page.getByRole('button', { name: 'Enlarge: Shot 1 of scenelet-1' }).getByRole('img');
    const address = await picture.getAttribute('src');

    await page.getByRole('button', { name: 'Regenerate picture' }).click();
    const question = page.getByRole('alertdialog', { name: 'Regenerate this picture?' });
    await question.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await question.getByRole('button', { name: 'Regenerate picture' }).click();
    await page.getByText('Being made').waitFor();
    await story.isFree();
    await expect.poll(() => picture.getAttribute('src')).not.toBe(address);
    await page.getByRole('button', { name: 'Rebuild' }).waitFor();
    // Elsewhere as well, and when one comes back.
    const fresh = String(await picture.getAttribute('src'));
    await page.getByRole('link', { name: 'Story Tree' }).click();
    await page.locator(`img[src="${fresh}"]`).waitFor({ state: 'attached' });
    await page.locator(`a[href*="${complete}"]`).first().click();
    await story.goTo('shots');
    await expect.poll(() => picture.getAttribute('src')).toBe(fresh);

    const after = [await made('scenelet-1'), await made('scenelet-2')];
    expect(after[0]).toBeGreaterThan(before[0] ?? 0);
    expect(after[1]).toBe(before[1]);
    expect(faults).toEqual([]);
  });

  it('downloads the whole story as one file, once there is something to play', async () => {
    const { page } = await open(complete, 'player');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);

    await open(await makeEmptyStory(app.place), 'player');
    const button = page.getByRole('button', { name: 'Download' });
    await button.hover();
    await page.getByText('There is nothing to download until').filter({ visible: true }).waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
  });

  it('deletes after naming all that goes, and leads back to the list', async () => {
    const { page, faults, story } = await open(complete, 'script');
    const name = String(await story.title.textContent());
    await story.choose('More', /Delete story/);
    const question = page.getByRole('alertdialog', { name: 'Delete this story?' });
    await question.getByText(name).waitFor();
    expect(await question.getByRole('listitem').allTextContents()).toEqual(
      expect.arrayContaining(['7 scenelets', '7 shots', '7 key frames', '7 recordings']),
    );
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });

    await story.choose('More', /Delete story/);
    await question.getByRole('button', { name: 'Delete story' }).click();
    await page.waitForURL('**/story');
    await page.getByRole('heading', { name: 'Stories' }).first().waitFor();
    await expect.poll(() => page.locator(`a[href*="${complete}"]`).count()).toBe(0);
    expect(faults).toEqual([]);

    await page.goto(`${app.url}/story/${complete}/script`);
    await page.getByRole('heading', { name: 'There is no such story' }).waitFor();
  });
});
