import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseItem, press, tabTo } from './keyboard.ts';
import { SMALL_STORY, storyOn, TAB_NAMES } from './storyPages.ts';

const PATIENT = { timeout: 90_000 };

describe('a story from the first word to the last', () => {
  const browser = useBrowser();
  let app: RunningApp;
  beforeAll(async () => {
    // Slow enough for the work to be seen.
    app = await startApp({ worker: true, variables: { ...SMALL_STORY, STUB_LATENCY_MS: '50' } });
  });
  afterAll(() => app?.close());

  it('is made, watched, read, discussed, renamed, repaired, played to two endings and deleted, by keyboard alone', async () => {
    const { page, faults } = await browser.open();
    const looksRight = async (place: string) => expect(await violationsOf(page), place).toEqual([]);
    await page.goto(`${app.url}/story`);
    await page.getByRole('heading', { name: 'Every story begins with a sentence' }).waitFor();
    await looksRight('the empty list');

    const storyId = await makeAndWatch(page, looksRight);
    await readEachTab(page, storyId);
    await discuss(page);
    await rename(page);
    await regenerateOnePicture(page);
    await playToTwoEndings(page);
    await remove(page, looksRight);
    expect(faults).toEqual([]);
  });

  type Look = (place: string) => Promise<void>;

  /** @returns the id of the story */
  async function makeAndWatch(page: Page, looksRight: Look): Promise<string> {
    await press(page, page.getByRole('button', { name: 'New story' }).first());
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByRole('textbox', { name: 'Prompt' }));
    await looksRight('the dialog');
    await page.keyboard.type('A lighthouse that moved.');
    await press(page, dialog.getByRole('button', { name: 'Begin the story' }));
    await dialog.getByRole('progressbar').waitFor();
    await looksRight('the dialog at work');
    await dialog.getByRole('heading', { name: 'Your story is ready' }).waitFor(PATIENT);
    await press(page, dialog.getByRole('link', { name: 'Open the story' }));
    await page.waitForURL(/\/story\/[0-9a-f-]{36}/);
    return new URL(page.url()).pathname.split('/')[2] ?? '';
  }

  async function readEachTab(page: Page, storyId: string): Promise<void> {
    const story = storyOn(page, app.url, storyId);
    const tabs = page.getByRole('navigation', { name: 'Parts of the story' }).getByRole('link');
    await expect.poll(() => tabs.count()).toBe(TAB_NAMES.length);
    for (const tab of TAB_NAMES) {
      await press(page, page.locator(`nav a[href$="/${tab}"]`));
      await story.shows(tab);
    }
  }

  async function discuss(page: Page): Promise<void> {
    await press(page, page.locator('nav a[href$="/constitution"]'));
    await press(page, page.getByRole('button', { name: 'Discuss' }));
    const panel = page.getByRole('dialog', { name: 'Discuss the constitution' });
    await tabTo(page, panel.getByRole('textbox', { name: 'Your message' }));
    await page.keyboard.type('Give her a dog called Senta.');
    await page.keyboard.press('Enter');
    const change = panel.getByRole('region', { name: 'What changed in version 2' });
    await change.locator('ins').filter({ hasText: 'Senta' }).waitFor(PATIENT);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  }

  async function rename(page: Page): Promise<void> {
    await press(page, page.getByRole('button', { name: 'Rename' }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Senta and the Light');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Senta and the Light' }).waitFor();
  }

  async function regenerateOnePicture(page: Page): Promise<void> {
    await press(page, page.locator('nav a[href$="/shots"]'));
    const picture = page.getByRole('button', { name: 'Enlarge: Shot 1 of scenelet-1' }).getByRole('img');
    const before = await picture.getAttribute('src');
    await press(page, page.getByRole('button', { name: 'Regenerate picture' }).first());
    const question = page.getByRole('alertdialog', { name: 'Regenerate this picture?' });
    await press(page, question.getByRole('button', { name: 'Regenerate picture' }));
    await expect.poll(() => picture.getAttribute('src'), PATIENT).not.toBe(before);
    await page.getByRole('region', { name: 'Task in progress' }).waitFor({ state: 'detached' });
  }

  async function playToTwoEndings(page: Page): Promise<void> {
    await press(page, page.locator('nav a[href$="/player"]'));
    const player = page.frameLocator('iframe');
    const wayOn = player.locator('#choices button').first();
    await press(page, player.getByRole('button', { name: 'Begin', exact: true }));
    await skipTo(page, wayOn);
    await page.keyboard.press('1');
    const theEnd = player.getByRole('group', { name: 'The end' });
    await skipTo(page, theEnd);
    await theEnd.getByText('Ending 1 of 2 found').waitFor();
    await press(page, theEnd.getByRole('button', { name: 'Back to the last choice' }));
    await wayOn.waitFor();
    await page.keyboard.press('2');
    await theEnd.waitFor({ state: 'hidden' });
    await skipTo(page, theEnd);
    await theEnd.getByText('Ending 2 of 2 found').waitFor();
  }

  /** Steps shot by shot until something appears. */
  async function skipTo(page: Page, wanted: Locator): Promise<void> {
    const isThere = async () => {
      if (await wanted.isVisible()) return true;
      await page.keyboard.press('ArrowRight');
      return false;
    };
    await expect.poll(isThere).toBe(true);
  }

  async function remove(page: Page, looksRight: Look): Promise<void> {
    await press(page, page.getByRole('button', { name: 'More', exact: true }));
    await looksRight('the menu');
    await chooseItem(page, page.getByRole('menuitem', { name: /Delete story/ }));
    const question = page.getByRole('alertdialog', { name: 'Delete this story?' });
    await question.getByText('Senta and the Light').waitFor();
    await press(page, question.getByRole('button', { name: 'Delete story' }));
    await page.waitForURL('**/story');
    await page.getByRole('heading', { name: 'Every story begins with a sentence' }).waitFor(PATIENT);
  }
});
