import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginPaused, shows, skipShots } from './playing.ts';
import { lighthouseStory, scenelet, shot, speech, story } from './stories.ts';

const SIZES: Record<string, BrowserContextOptions> = {
  'a desktop': { viewport: { width: 1280, height: 720 } },
  'a phone': { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  'a phone on its side': { viewport: { width: 740, height: 360 }, hasTouch: true, isMobile: true },
};

const browser = useBrowser();

async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await violationsOf(page), where).toEqual([]);
}

/** Every control one can touch is at least 44 pixels high and wide, and lies within the screen. */
async function expectTouchable(page: Page, where: string): Promise<void> {
  const small = await page.evaluate<string[]>(`[...document.querySelectorAll('button')]
    .filter((button) => button.checkVisibility() && !button.closest('.panel, dialog'))
    .map((button) => ({ button, box: button.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 44 || box.height < 44 || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight)
    .map(({ button }) => button.id)`);
  expect(small, where).toEqual([]);
}

/** What a screen reader is given to read by itself. */
const announced = (page: Page) => page.locator('[aria-live]').textContent();

function spokenStory() {
  const spoken = scenelet('scenelet-1', { type: 'terminal' }, '');
  const captions = [{ speaker: 'Mira', line: 'Who is there?' }];
  spoken.shots[0] = shot('scenelet-1', 1, '', { audioPath: speech('scenelet-1', 1), captions });
  return story([spoken]);
}

describe('accessibility', () => {
  for (const [name, size] of Object.entries(SIZES)) {
    it(`has no violations in any state on ${name}`, async () => {
      const { page } = await browser.open({ ...size, reducedMotion: 'reduce' });
      const check = async (where: string) => {
        await expectAccessible(page, where);
        await expectTouchable(page, where);
      };
      await page.goto(fileAddress(await writeBundle(lighthouseStory())));
      await shows(page, 'Endings found: 0 of 3');
      await check('title');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Space');
      await shows(page, 'The lamp has gone out.');
      await check('playing');
      for (const [key, heading] of [
        ['?', 'Keys'],
        ['r', 'Start over from the beginning?'],
      ] as const) {
        await page.keyboard.press(key);
        await page.getByRole('heading', { name: heading }).waitFor();
        await check(heading);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Settings' }).click();
      await check('settings');
      await page.keyboard.press('Escape');
      await skipShots(page, 'Where do you look first?');
      await check('choices');
      await page.keyboard.press('1');
      await skipShots(page, 'Ending 1 of 3 found');
      await check('ending');
    });
  }

  it('has no violations in a long caption, without a picture, or at an unfinished path', async () => {
    const { page } = await browser.open({ reducedMotion: 'reduce', viewport: { width: 360, height: 640 } });
    const long = scenelet('scenelet-1', { type: 'incomplete' }, '');
    long.shots[0] = shot('scenelet-1', 1, 'A very long line. '.repeat(120), { imagePath: null });
    await beginPaused(page, fileAddress(await writeBundle(story([long]))));
    await page.locator('.line').waitFor();
    await expectAccessible(page, 'a long caption');
    await skipShots(page, 'To be continued');
    await expectAccessible(page, 'an unfinished path');
  });

  it('tells screen readers choices and endings once, by moving the focus there', async () => {
    const { page } = await browser.open();
    await beginPaused(page, fileAddress(await writeBundle(lighthouseStory())));
    await page.getByRole('img', { name: 'What shot 1 of scenelet-1 shows' }).waitFor();
    await skipShots(page, 'Where do you look first?');
    const choices = page.getByRole('group', { name: 'Where do you look first?' });
    expect(await page.evaluate('document.activeElement.id')).toBe('choice-panel');
    expect(await choices.getByRole('button').count()).toBe(2);
    expect(await announced(page)).toBe('');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await skipShots(page, 'Ending 1 of 3 found');
    expect(await page.evaluate('document.activeElement.id')).toBe('closing-panel');
    await page.getByRole('group', { name: 'The end', description: 'Ending 1 of 3 found' }).waitFor();
    expect(await announced(page)).toBe('');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });
});

it('keeps icons apart from their ground, and on from off, in the colours of a viewer’s own', async () => {
  const { page } = await browser.open({ forcedColors: 'active' });
  const address = fileAddress(await writeBundle(lighthouseStory()));
  await page.goto(address);
  expect(await coveredTexts(page)).toEqual([]);
  await beginPaused(page, address);
  await shows(page, 'The lamp has gone out.');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const tools = await page.evaluate<{ id: string; ground: string; ink: string }[]>(`
      [...document.querySelectorAll('.tool:enabled')].map((tool) => ({
        id: tool.id,
        ground: getComputedStyle(tool).backgroundColor,
        ink: getComputedStyle(tool.querySelector('.icon')).stroke,
      }))`);
    expect(tools.length).toBeGreaterThan(4);
    expect(tools.filter(({ ground, ink }) => ground === ink || ground === 'rgba(0, 0, 0, 0)')).toEqual([]);
    const groundOf = (wanted: string) => tools.find(({ id }) => id === wanted)?.ground;
    expect(groundOf('caption-switch')).not.toBe(groundOf('mute'));
    await expectAccessible(page, colorScheme);
  }
});

/** Highlighted buttons whose text the browser would cover: it lays the ground of the page behind what it may recolour. */
function coveredTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style = 'forced-color-adjust: none; background: Highlight';
    const highlight = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const isCovered = (style) => style.backgroundColor === highlight && style.forcedColorAdjust !== 'none';
    return [...document.querySelectorAll('button')]
      .filter((button) => button.checkVisibility() && isCovered(getComputedStyle(button)))
      .map((button) => button.textContent.trim());
  })()`);
}

describe('what is read aloud by screen readers', () => {
  it('is a silent shot, and nothing while captions are off', async () => {
    const { page } = await browser.open();
    const silent = story([scenelet('scenelet-1', { type: 'terminal' }, 'The lamp has gone out.', '')]);
    await beginPaused(page, fileAddress(await writeBundle(silent)));
    await expect.poll(() => announced(page)).toBe('The lamp has gone out.');
    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Captions', pressed: false }).waitFor();
    expect(await announced(page)).toBe('');
    expect(await page.getByText('The lamp has gone out.').isVisible()).toBe(false);
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => announced(page)).toBe('What shot 2 of scenelet-1 shows');
  });

  it('is no shot that is spoken, unless its sound is off', async () => {
    const { page } = await browser.open();
    await beginPaused(page, fileAddress(await writeBundle(spokenStory())));
    await shows(page, 'Who is there?');
    expect(await announced(page)).toBe('');
    await page.keyboard.press('m');
    await expect.poll(() => announced(page)).toBe('Mira: Who is there?');
    await page.keyboard.press('m');
    await expect.poll(() => announced(page)).toBe('');
  });

  it('is a shot whose speech is missing', async () => {
    const { page } = await browser.open();
    const bundle = await writeBundle(spokenStory(), { [speech('scenelet-1', 1)]: null });
    await beginPaused(page, fileAddress(bundle));
    await expect.poll(() => announced(page)).toBe('Mira: Who is there?');
  });
});

describe('motion', () => {
  const running = 'document.getAnimations().length';

  it('moves pictures gently, and stands still where reduced motion is asked for', async () => {
    const long = story([scenelet('scenelet-1', { type: 'terminal' }, 'A long look at the sea. '.repeat(20))]);
    const address = fileAddress(await writeBundle(long));
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const { page } = await browser.open({ reducedMotion });
      await page.goto(address);
      await page.keyboard.press('Enter');
      await page.getByAltText('What shot 1 of scenelet-1 shows').waitFor();
      const count = await page.evaluate<number>(running);
      if (reducedMotion === 'reduce') expect(count).toBe(0);
      else expect(count).toBeGreaterThan(0);
    }
  });

  it('hides the controls while the story plays, and brings them back on any input', async () => {
    const { page } = await browser.open();
    const long = story([scenelet('scenelet-1', { type: 'terminal' }, 'A long look at the sea. '.repeat(20))]);
    await page.goto(fileAddress(await writeBundle(long)));
    await page.keyboard.press('Enter');
    await page.locator('main[data-idle="true"]').waitFor();
    await page.mouse.move(200, 200);
    await page.locator('main[data-idle="false"]').waitFor();
  });
});
