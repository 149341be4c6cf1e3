import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginFast, beginPaused, hasShown, shows, skipShots, speedUp } from './playing.ts';
import { lighthouseStory, scenelet, shot, speech, story } from './stories.ts';

const browser = useBrowser();

describe('a story opened from the disk', () => {
  it('plays by itself to the choices and to an ending, chosen with the keyboard', async () => {
    const { page, faults } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await shows(page, 'Where do you look first?');
    for (const text of ['The lamp has gone out.', 'A door stands open.', 'Mira', 'Who is there?'])
      await hasShown(page, text);
    await page.keyboard.press('1');
    await hasShown(page, 'The keeper smiles from the lamp room.');
    await shows(page, 'Ending 1 of 3 found');
    expect(faults).toEqual([]);
  });

  it('plays to another ending with the mouse, goes back to the last choice and finds one more', async () => {
    const { page, faults } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await page.getByRole('button', { name: 'Row to the reef' }).click();
    await page.getByRole('button', { name: 'Stay with the boat' }).click();
    await shows(page, 'Ending 1 of 3 found');
    await page.getByRole('group', { name: 'The end' }).getByRole('button', { name: 'Back to the last choice' }).click();
    await page.getByRole('button', { name: 'Swim for it' }).click();
    await shows(page, 'Ending 2 of 3 found');
    await page.getByRole('button', { name: 'Start over' }).click();
    await shows(page, 'Where do you look first?');
    expect(faults).toEqual([]);
  });

  it('is chosen by touch on a phone, where a touch of the picture does not pause', async () => {
    const { page, faults } = await browser.open({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(fileAddress(await writeBundle(lighthouseStory())));
    await page.getByRole('button', { name: 'Begin', exact: true }).tap();
    for (const idle of ['true', 'false']) {
      await page.touchscreen.tap(195, 300);
      await page.locator(`main[data-idle="${idle}"]`).waitFor();
    }
    await page.getByRole('button', { name: 'Pause' }).tap();
    for (let shots = 0; shots < 3; shots++) await page.getByRole('button', { name: 'Next shot' }).tap();
    await page.getByRole('button', { name: 'Climb the stairs' }).tap();
    await shows(page, 'The keeper smiles from the lamp room.');
    expect(faults).toEqual([]);
  });
});

describe('speech', () => {
  it('leads to the next shot as soon as it is over, however long its caption', async () => {
    const spoken = scenelet('scenelet-1', { type: 'terminal' }, '', 'After the speech.');
    const captions = [{ speaker: null, line: 'Many words. '.repeat(400) }];
    spoken.shots[0] = shot('scenelet-1', 1, '', { audioPath: speech('scenelet-1', 1), captions });
    const { page, faults } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(story([spoken]))));
    await hasShown(page, 'After the speech.');
    expect(faults).toEqual([]);
  });

  it('waits for a gesture where the browser wants one, and says so', async () => {
    const spoken = scenelet('scenelet-1', { type: 'terminal' }, '', 'After the speech.');
    spoken.shots[0] = shot('scenelet-1', 1, 'Hear me.', { audioPath: speech('scenelet-1', 1) });
    const { page } = await browser.open();
    await page.goto(`${fileAddress(await writeBundle(story([spoken])))}#start=scenelet-1`);
    await page.getByRole('button', { name: 'Tap to continue with sound' }).click();
    await shows(page, 'Ending 1 of 1 found');
    expect(await page.getByText('Tap to continue').isVisible()).toBe(false);
  });
});

describe('going about in a story', () => {
  it('stands still while paused, and steps back to earlier shots and choices', async () => {
    const { page } = await browser.open();
    await beginPaused(page, fileAddress(await writeBundle(lighthouseStory())));
    await speedUp(page);
    await page.waitForTimeout(1500);
    await shows(page, 'The lamp has gone out.');
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('ArrowLeft');
    await shows(page, 'Who is there?');
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('2');
    await skipShots(page, 'The tide turns.');
    await page.keyboard.press('Backspace');
    await shows(page, 'Where do you look first?');
  });

  it('asks before it starts over', async () => {
    const { page } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Keep playing' }).click();
    await shows(page, 'Where do you look first?');
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await page.getByText('Where do you look first?').waitFor({ state: 'hidden' });
    await shows(page, 'Where do you look first?');
  });

  it('reaches choices beyond the ninth by Tab and by arrow', async () => {
    const choices = Array.from({ length: 12 }, (_, index) => ({ label: `Way ${index + 1}`, sceneletId: 'scenelet-2' }));
    const crossing = scenelet('scenelet-1', { type: 'branch', choicePrompt: 'Which way?', choices }, 'A crossing.');
    const { page } = await browser.open();
    const bundle = await writeBundle(story([crossing, scenelet('scenelet-2', { type: 'terminal' }, 'Arrived.')]));
    await beginFast(page, fileAddress(bundle));
    await skipShots(page, 'Which way?');
    for (let press = 0; press < 11; press++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.innerText')).toContain('Way 12');
    await page.keyboard.press('Enter');
    await hasShown(page, 'Arrived.');
  });
});
