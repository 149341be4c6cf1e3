import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleShot } from '@story-tree/domain';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { PROBE_PAGE } from './layoutProbe.ts';
import { beginPaused, shows } from './playing.ts';
import { serve } from './serve.ts';
import { branch, scenelet, shot, story } from './stories.ts';

/** Width × height of screens, and of windows within pages, in pixels. */
const SIZES = [
  ...`
  Windows within pages, and screens magnified to twice their size and more:
  280×280 280×400 280×653 300×300 300×480 320×256 320×320 320×480 330×415 340×416 346×500 358×440 360×360 360×470 384×288
  400×300
  Phones, upright and on their side:
  320×568 344×882 346×740 360×640 360×740 360×800 375×553 375×667 375×812 390×844 393×852 412×915 414×896 430×932 480×854
  540×720 568×320 640×360 653×280 667×375 720×540 740×360 812×375 844×390 854×480 882×344 915×412 932×430
  Tablets, computers and televisions:
  600×600 600×960 768×1024 800×600 820×1180 1024×768 1180×820 1280×720 1366×768 1440×900 1920×1080 1080×1920 2560×1080
  2560×1440 2160×3840 3840×2160
`.matchAll(/(\d+)×(\d+)/g),
].map(([, width, height]) => [Number(width), Number(height)]);

const LONG = 'She remembers every ship that ever passed, and calls each by its name. '.repeat(14);
const ARABIC = 'الباب مفتوح والبحر هادئ، فادخل ولا تخف. '.repeat(12);

/** One shot each of short, long and unbroken text, from left to right and from right to left, with picture and without. */
function manyTexts() {
  const said = (
    line: string,
    changes: Partial<BundleShot> = {},
    speaker: string | null = null,
  ): Partial<BundleShot> => ({
    captions: line === '' ? [] : [{ speaker, line }],
    ...changes,
  });
  const texts = [
    said('Short.'),
    said(LONG, {}, 'The keeper of the lamp'),
    said('unbroken'.repeat(60), {}, 'W'.repeat(60)),
    said(ARABIC, {}, 'حارس المنارة'),
    said(LONG, { imagePath: null, alternativeText: LONG }),
    said('', { imagePath: null, alternativeText: 'unbroken'.repeat(60) }),
  ];
  const ways = Array.from({ length: 10 }, (_, at) => [
    `${at + 1}. ${at === 4 ? 'way'.repeat(80) : LONG.slice(0, 90)}`,
    'end',
  ]);
  const opening = scenelet('opening', branch(LONG.slice(0, 140), Object.fromEntries(ways)));
  opening.shots = texts.map((text, at) => shot('opening', at + 1, '', text));
  const end = scenelet('end', { type: 'terminal' });
  return story([opening, end], { title: 'The Lighthouse at the End of the World, and Who Lives There'.repeat(2) });
}

const press = (page: Page, key: string, times = 1) =>
  page.evaluate(`for (let time = 0; time < ${times}; time++) press(${JSON.stringify(key)})`);

/** What is wrong at any of the sizes. */
async function faultsOf(page: Page, where: string): Promise<string[]> {
  const found = await page.evaluate<string[]>(`faultsAt(${JSON.stringify(SIZES)})`);
  return found.map((fault) => `${where}: ${fault}`);
}

/** The same with the smallest and with the largest text. */
async function faultsOfTexts(page: Page, where: string): Promise<string[]> {
  await press(page, '-', 4);
  const small = await faultsOf(page, `${where}, small`);
  await press(page, '+', 4);
  return [...small, ...(await faultsOf(page, `${where}, large`))];
}

const browser = useBrowser();

describe('the layout', () => {
  it('lets keys scroll to the last line, also after the screen was turned', async () => {
    const { page } = await browser.open({ viewport: { width: 390, height: 844 } });
    await beginPaused(page, fileAddress(await writeBundle(manyTexts())));
    await page.keyboard.press('ArrowRight');
    const captions = page.getByRole('group', { name: 'Captions' });
    await captions.getByText(LONG.trim()).waitFor();
    await page.setViewportSize({ width: 470, height: 360 });
    await page.locator('#captions[tabindex="0"]').focus();
    const below = () => captions.evaluate((box) => Math.round(box.scrollHeight - box.clientHeight - box.scrollTop));
    expect(await below()).toBeGreaterThan(40);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await expect.poll(below).toBeLessThanOrEqual(1);
    await shows(page, LONG.trim());
  });

  it('keeps clear of notches and rounded corners', async () => {
    const { page } = await browser.open({ viewport: { width: 740, height: 360 } });
    const devices = await page.context().newCDPSession(page);
    const insets = { top: 30, left: 60, bottom: 40, right: 60 };
    await devices.send('Emulation.setSafeAreaInsetsOverride', { insets });
    await beginPaused(page, fileAddress(await writeBundle(manyTexts())));
    await page.locator('.line').waitFor();
    const outside = `[...document.querySelectorAll('.tool, #captions')].filter((each) => each.checkVisibility())
      .filter((each) => { const { left, right, bottom } = each.getBoundingClientRect();
        return left < ${insets.left - 12} || right > 740 - ${insets.right - 12} || bottom > 360 - ${insets.bottom} })
      .map(({ id }) => id)`;
    expect(await page.evaluate(outside)).toEqual([]);
  });

  it(`keeps everything apart, on the screen and within reach at ${SIZES.length} sizes`, async () => {
    const folder = await writeBundle(manyTexts());
    await writeFile(join(folder, 'probe.html'), PROBE_PAGE);
    const { origin } = await serve(folder);
    const { page, faults } = await browser.open();
    await page.goto(`${origin}/probe.html`);
    const player = page.frameLocator('iframe');
    await player.getByRole('button', { name: 'Begin', exact: true }).waitFor();
    const found = await faultsOf(page, 'title');
    await press(page, 'Enter');
    await press(page, ' ');
    for (const { captions, imagePath } of manyTexts().scenelets[0]?.shots ?? []) {
      const line = captions[0]?.line ?? '';
      await player.locator(line === '' ? '#description' : '.line', { hasText: line.trim() }).waitFor();
      if (imagePath !== null) await player.locator('.picture:last-child .key-frame').waitFor();
      found.push(...(await faultsOfTexts(page, line.slice(0, 12))));
      await press(page, 'ArrowRight');
    }
    await player.locator('#choice-panel').waitFor();
    found.push(...(await faultsOfTexts(page, 'choices')));
    for (const dialog of ['help', 'settings']) {
      await player.locator(`#${dialog}`).dispatchEvent('click');
      found.push(...(await faultsOf(page, dialog)));
      await player.locator(`dialog[open] [data-close]`).dispatchEvent('click');
    }
    await press(page, '1');
    await press(page, 'ArrowRight');
    await player.locator('#closing-panel').waitFor();
    found.push(...(await faultsOfTexts(page, 'ending')));
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
  });
});
