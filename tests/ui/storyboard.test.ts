import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { storyboardOn } from '@story-tree/testkit/browser/storyboardPage.ts';
import { type RunningApp, sharedApp } from '@story-tree/testkit/programs/app.ts';
import { seedBoard } from '@story-tree/testkit/stories/storyboardStories.ts';
import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { beginWork, completePictures } from './storyboardWork.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
const PHONE: BrowserContextOptions = {
  ...DESKTOP,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

const browser = useBrowser(DESKTOP);
let app: RunningApp;
let storyId: string;

beforeAll(async () => {
  app = await sharedApp();
  storyId = await seedBoard(app.place, { scenelets: 30, shots: 3, openAt: 'scenelet-7cc' });
});

/** The storyboard as it is for somebody who comes from another tab. */
async function enterBoard() {
  const { page, faults } = await browser.keep();
  const board = storyboardOn(page, app.url, storyId);
  await board.enter();
  return { page, faults, board };
}

/** The storyboard from an address. */
async function openBoard(query: string) {
  const { page, faults } = await browser.keep();
  const board = storyboardOn(page, app.url, storyId);
  await board.open(query);
  return { page, faults, board };
}

describe('the canvas', () => {
  it('shows cards with label, text, lines, key frames and state, choices on edges, endings and what is incomplete', async () => {
    const { page, faults, board } = await enterBoard();
    const root = board.card('1');
    await root.getByText('scenelet-1').waitFor();
    expect(await root.getByText(/[.]$/).count()).toBeGreaterThan(0);
    await board.card('2').getByText('Choice').waitFor();
    await page.locator('[data-choice-label]').first().waitFor();
    // Small copies, not the files themselves.
    const isPainted = `[...document.querySelectorAll('[data-scenelet] img')].some(
      (image) => image.naturalWidth > 0 && image.currentSrc.endsWith('?width=320'))`;
    await expect.poll(() => page.evaluate<boolean>(isPainted)).toBe(true);
    expect(await root.locator('[data-asset=shots]').getAttribute('data-state')).toBe('done');
    expect(await root.locator('[data-asset=speech]').getAttribute('data-state')).toBe('missing');
    await board.press('0');
    const figures = page.locator('dl').filter({ hasText: 'endings' });
    expect(await figures.textContent()).toMatch(/scenelets30.*choices4.*endings8.*incomplete1.*deep7/);
    await board.read('7cc');
    await board.card('7cc').getByText('Incomplete').waitFor();
    await board.read('6ba');
    await board.card('6ba').getByText('Ending').waitFor();
    expect(faults).toEqual([]);
  });

  it('shows less from further away, and everything at once', async () => {
    const { page, board } = await enterBoard();
    await board.shows('card');
    await board.press('-', '-');
    await board.shows('title');
    await board.press('0');
    await board.shows('structure');
    await page.locator('[data-structure]').waitFor();
    expect(await board.cards.count()).toBe(0);
    await board.press('1');
    await board.shows('card');
    await page.getByRole('button', { name: 'Set to 100 %, now 100 %' }).waitFor();
    await page.getByRole('button', { name: 'Fit the whole story' }).click();
    await board.shows('structure');
  });

  it('folds and unfolds by a click on the mark, and in one go', async () => {
    const { page, board } = await enterBoard();
    await board.card('2').click();
    await board.card('3b').waitFor();
    await board.card('2').locator('[data-fold]').click();
    await board.card('3b').waitFor({ state: 'detached' });
    expect(await board.card('2').locator('[data-fold]').textContent()).toContain('28');
    await page.getByRole('button', { name: 'Unfold everything' }).click();
    await board.card('3b').waitFor();
    await page.getByRole('button', { name: 'Fold the branches' }).click();
    await page.locator('[role=treeitem]').nth(7).waitFor({ state: 'attached' });
    expect(await page.locator('[role=treeitem]').count()).toBe(8);
  });

  it('moves with the wheel, the pointer and the map', async () => {
    const { page, board } = await enterBoard();
    const transform = () => board.viewport.evaluate((element) => element.style.transform);
    const start = await transform();
    await board.canvas.hover({ position: { x: 500, y: 40 } });
    await page.mouse.wheel(0, 300);
    await expect.poll(transform).not.toBe(start);
    const wheeled = await transform();
    await page.mouse.down();
    await page.mouse.move(300, 500, { steps: 4 });
    await page.mouse.up();
    await expect.poll(transform).not.toBe(wheeled);
    const dragged = await transform();
    await page.locator('[data-overview]').click({ position: { x: 150, y: 20 } });
    await expect.poll(transform).not.toBe(dragged);
  });

  it('leaves a card where it is when a click opens the panel, and comes closer at a second one', async () => {
    const { page, board } = await enterBoard();
    const before = await board.card('2').boundingBox();
    await board.card('2').click();
    await board.panel.waitFor();
    expect(await board.card('2').boundingBox()).toEqual(before);
    await board.card('2').dblclick();
    await page.getByRole('button', { name: 'Set to 100 %, now 85 %' }).waitFor();
  });

  it('holds back no change of style from somebody who wants less motion', async () => {
    const { page } = await enterBoard();
    const inMotion = `[...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, transitionDelay } = getComputedStyle(element);
      return /[1-9]/.test(transitionDuration + transitionDelay);
    }).length`;
    expect(await page.evaluate(inMotion)).toBe(0);
  });

  it('lights the way from the root to where one is', async () => {
    const { page, board } = await enterBoard();
    await board.read('3b');
    await board.press('Escape', '-', '-');
    const lit = () =>
      page.locator('[data-on-path]').evaluateAll((cards) => cards.map((card) => card.dataset.scenelet).sort());
    await expect.poll(lit).toEqual(['scenelet-1', 'scenelet-2', 'scenelet-3b']);
    await board.takeKeys();
    await board.press('ArrowLeft');
    await expect.poll(lit).toEqual(['scenelet-1', 'scenelet-2']);
  });
});

describe('the panel', () => {
  it('follows the address, and the address follows it', async () => {
    const { page, faults, board } = await openBoard('?scenelet=scenelet-4b');
    await board.panel.getByRole('heading', { name: 'scenelet-4b' }).waitFor();
    await board.card('4b').and(page.locator('[data-active]')).waitFor();
    await board.panel.getByRole('button', { name: /scenelet-5ba/ }).click();
    await board.panel.getByRole('heading', { name: 'scenelet-5ba' }).waitFor();
    expect(board.named()).toBe('scenelet-5ba');
    await board.isAt('5ba');
    await board.card('5ba').click();
    await board.panel.getByRole('button', { name: 'Close' }).click();
    await board.panel.waitFor({ state: 'detached' });
    expect(board.named()).toBeNull();
    await board.card('5ba').click();
    await expect.poll(board.named).toBe('scenelet-5ba');
    expect(faults).toEqual([]);
  });

  it('has everything about a scenelet', async () => {
    const { page, faults, board } = await enterBoard();
    const { panel } = board;
    await board.read('4b');
    await panel.getByRole('heading', { name: 'Choices' }).waitFor();
    await panel.getByRole('heading', { name: 'Shot 3' }).waitFor();
    await panel.getByText('2 of 3').waitFor();
    await panel.getByText('No speech yet.').first().waitFor();
    await panel.getByText('Storyboard entry').first().click();
    await panel.getByText('Slow push in').first().waitFor();
    await panel.getByText('Prompts').first().click();
    await panel.getByText('Nothing was sent for this shot yet.').waitFor();
    const play = panel.getByRole('link', { name: 'Play from here' });
    expect(await play.getAttribute('href')).toBe(`/story/${storyId}/player?scenelet=scenelet-4b`);
    expect(faults).toEqual([]);
    await panel.getByRole('button', { name: /^Fold 7/ }).click();
    await page.locator('[role=treeitem][data-label="scenelet-4b"][aria-expanded=false]').waitFor({ state: 'attached' });
  });

  it('says so when there is no such scenelet', async () => {
    const { board } = await openBoard('?scenelet=scenelet-99zz');
    await board.panel.getByText('This story has no scenelet of that name.').waitFor();
    await board.isAt('1');
    await board.press('Escape');
    await board.panel.waitFor({ state: 'detached' });
  });
});

describe('by keyboard', () => {
  it('walks along the branches, opens, closes and folds', async () => {
    const { page, faults, board } = await enterBoard();
    await page.getByRole('button', { name: 'Fill the window' }).focus();
    await board.press('Tab');
    await board.isAt('1');
    await board.hasKeys(board.activeLine);
    for (const [key, label] of [
      ['ArrowRight', '2'],
      ['ArrowRight', '3a'],
      ['ArrowDown', '3b'],
      ['ArrowDown', '3c'],
      ['ArrowUp', '3b'],
      ['ArrowRight', '4b'],
      ['ArrowLeft', '3b'],
      ['Home', '1'],
      ['ArrowLeft', '1'],
    ] as const) {
      await board.press(key);
      await board.isAt(label);
    }
    await board.press('ArrowRight', 'Space');
    await board.card('3b').waitFor({ state: 'detached' });
    expect(await board.activeLine.getAttribute('aria-expanded')).toBe('false');
    await board.press('ArrowRight');
    await board.card('3b').waitFor();
    await board.isAt('2');
    await board.press('Enter');
    await board.panel.getByRole('heading', { name: 'scenelet-2' }).waitFor();
    expect(board.named()).toBe('scenelet-2');
    await board.hasKeys(board.panel);
    await board.press('Escape');
    await board.panel.waitFor({ state: 'detached' });
    await board.hasKeys(board.activeLine);
    await board.press('Enter');
    await board.hasKeys(board.panel);
    await board.takeKeys();
    await board.press('ArrowRight', 'ArrowDown');
    await board.panel.getByRole('heading', { name: 'scenelet-3b' }).waitFor();
    await expect.poll(board.named).toBe('scenelet-3b');
    expect(faults).toEqual([]);
  });

  it('brings what one walks to into sight', async () => {
    const { board } = await enterBoard();
    await board.takeKeys();
    await board.press('End');
    await board.isAt('7cc');
    const isInSight = async () => {
      const seen = await board.card('7cc').boundingBox();
      const frame = await board.canvas.boundingBox();
      if (seen === null || frame === null) return false;
      const isAcross = seen.x >= frame.x && seen.x + seen.width <= frame.x + frame.width;
      return isAcross && seen.y >= frame.y && seen.y + seen.height <= frame.y + frame.height;
    };
    await expect.poll(isInSight).toBe(true);
  });

  it('goes through the outline line by line when that is shown', async () => {
    const { page, board } = await enterBoard();
    await page.getByRole('button', { name: 'Outline' }).click();
    expect(await page.getByRole('tree').evaluate((tree) => tree.parentElement?.scrollTop)).toBe(0);
    await board.takeKeys();
    await board.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await board.isAt('5aa');
    const line = board.activeLine;
    expect(await line.getAttribute('aria-level')).toBe('5');
    expect(await line.getAttribute('aria-setsize')).toBe('3');
    expect(await line.getAttribute('aria-posinset')).toBe('1');
    expect(await line.textContent()).toMatch(/5aa.*Key frames \d of 3/);
    await board.card('5aa').and(page.locator('[data-active]')).waitFor();
  });

  it('finds scenelets by label and by words, and jumps to them', async () => {
    const { page, faults, board } = await enterBoard();
    await board.press('f');
    const input = page.getByRole('combobox', { name: 'Find a scenelet' });
    await input.waitFor();
    await page.keyboard.type('6cb');
    await page.getByRole('option').first().waitFor();
    await board.press('Enter');
    await board.isAt('6cb');
    await board.card('6cb').and(page.locator('[data-active]')).waitFor();
    await board.shows('card');
    await input.waitFor({ state: 'detached' });
    await board.press('Control+k');
    await page.keyboard.type('harbuor');
    await page.getByRole('option').filter({ hasText: 'harbour' }).first().waitFor();
    await board.press('ArrowDown', 'Escape');
    await input.waitFor({ state: 'detached' });
    await board.hasKeys(board.activeLine);
    expect(faults).toEqual([]);
  });

  it('opens what hides a scenelet that it jumps to', async () => {
    const { page, board } = await enterBoard();
    await page.getByRole('button', { name: 'Fold the branches' }).click();
    await board.press('f');
    await page.keyboard.type('6cb');
    await page.getByRole('option').first().waitFor();
    await board.press('Enter');
    await board.card('6cb').and(page.locator('[data-active]')).waitFor();
  });
});

describe('while something is made', () => {
  it('shows at each card what is in work and what is there', async () => {
    const { database } = app.place;
    const { faults, board } = await enterBoard();
    await board.read('3b');
    const frames = board.card('3b').locator('[data-asset=keyFrames]');
    await frames.and(board.page.locator('[data-state=missing]')).waitFor();
    const work = await beginWork(database, storyId, 'CREATE_SHOT_IMAGES');
    await work.tell('call-started', 'scenelet-3b/1');
    await frames.and(board.page.locator('[data-state=making]')).waitFor();
    await board.panel.getByText('Being made').first().waitFor();
    await completePictures(app.place, storyId, 'scenelet-3b');
    await work.tell('unit-done', 'scenelet-3b/1');
    await frames.and(board.page.locator('[data-state=done]')).waitFor();
    await work.end();
    expect(faults).toEqual([]);
  });
});

describe('for everybody', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no violations in the ${colorScheme} theme, whatever is open`, async () => {
      const { page } = await (colorScheme === 'light' ? browser.keep() : browser.open({ ...DESKTOP, colorScheme }));
      const board = storyboardOn(page, app.url, storyId);
      await board.enter();
      await board.read('4b');
      await board.panel.getByRole('heading', { name: 'Shot 3' }).waitFor();
      expect(await violationsOf(page), 'with the panel').toEqual([]);
      await page.getByRole('button', { name: 'Outline' }).click();
      await board.press('f');
      await page.keyboard.type('lamp');
      await page.getByRole('option').first().waitFor();
      expect(await violationsOf(page), 'with outline and search').toEqual([]);
      await board.press('Escape', 'Escape', '-', '-');
      await board.shows('title');
      expect(await violationsOf(page), 'from further away').toEqual([]);
      await board.press('0');
      await board.shows('structure');
      await page.getByRole('button', { name: 'Keys' }).click();
      expect(await violationsOf(page), 'as a whole, with the keys').toEqual([]);
    });
  }

  it('works on a phone: the panel rises from below, a finger moves the canvas', async () => {
    const { page, faults } = await browser.open(PHONE);
    const board = storyboardOn(page, app.url, storyId);
    await board.open();
    await board.card('1').tap();
    await board.panel.getByRole('heading', { name: 'scenelet-1' }).waitFor();
    const [sheet, canvas] = [await board.panel.boundingBox(), await board.canvas.boundingBox()];
    expect(sheet && sheet.y > 250 && Math.round(sheet.y + sheet.height) <= 844).toBe(true);
    expect(canvas && sheet && canvas.height > 150 && canvas.y + canvas.height <= sheet.y + 1).toBe(true);
    expect(await violationsOf(page), 'the sheet on a phone').toEqual([]);
    const transform = () => board.viewport.evaluate((element) => element.style.transform);
    const before = await transform();
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 30, y }] });
    await touch('touchStart', 250);
    for (const y of [230, 200, 170]) await touch('touchMove', y);
    await touch('touchEnd', 170);
    await expect.poll(transform).not.toBe(before);
    expect(faults).toEqual([]);
  });
});
