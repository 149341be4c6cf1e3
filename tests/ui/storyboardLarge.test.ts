import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { storyboardOn } from '@story-tree/testkit/browser/storyboardPage.ts';
import { type RunningApp, sharedApp } from '@story-tree/testkit/programs/app.ts';
import { seedBoard } from '@story-tree/testkit/stories/storyboardStories.ts';
import { beforeAll, describe, expect, it } from 'vitest';

/** However many scenelets a story has, no more are on the page at once. */
const MOST_CARDS = 100;

const browser = useBrowser();
let app: RunningApp;

beforeAll(async () => {
  app = await sharedApp();
});

/** Notes the most cards that were ever on the page, however shortly. */
const WATCH_CARDS = `new MutationObserver(() => {
  const count = document.querySelectorAll('[data-scenelet]').length;
  window.mostCards = Math.max(window.mostCards ?? 0, count);
}).observe(document, { childList: true, subtree: true })`;

describe.each([1_000, 3_000])('a story of %i scenelets', (scenelets) => {
  it('has few cards on the page at any zoom, and all of them in reach', async () => {
    const storyId = await seedBoard(app.place, { scenelets });
    const { page, faults } = await browser.open({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(WATCH_CARDS);
    const board = storyboardOn(page, app.url, storyId);
    await board.open();
    await board.shows('card');
    await board.card('1').waitFor();
    expect(await page.locator('[role=treeitem]').count()).toBeLessThan(MOST_CARDS);

    await board.press('-', '-');
    await board.shows('title');
    await board.press('0');
    await board.shows('structure');
    expect(await board.cards.count()).toBe(0);

    await board.takeKeys();
    await board.press('End');
    const last = await board.activeLine.getAttribute('data-label');
    await board.press('1');
    await board.shows('card');
    await page.locator(`[data-scenelet="${last}"][data-active]`).waitFor();

    await board.press('Home', 'ArrowRight', 'Space');
    await board.isAt('2');
    expect(await board.card('2').locator('[data-fold]').textContent()).toContain(String(scenelets - 2));
    await board.press('f');
    await page.keyboard.type(last?.replace('scenelet-', '') ?? '');
    await board.press('Enter');
    await page.locator(`[data-scenelet="${last}"][data-active]`).waitFor();

    await board.shows('card');
    await board.canvas.hover({ position: { x: 700, y: 200 } });
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, 120);
    await board.shows('structure');
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -120);
    await board.shows('card');
    await page.keyboard.up('Control');
    await board.cards.first().waitFor();

    await page.getByRole('button', { name: 'Outline' }).click();
    await page.locator('[role=tree]').waitFor();
    expect(await page.locator('[role=treeitem]').count()).toBeLessThan(MOST_CARDS);
    expect(await page.evaluate<number>('window.mostCards')).toBeLessThan(MOST_CARDS);
    expect(faults).toEqual([]);
  });
});
