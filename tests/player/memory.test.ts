import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginFast, hasShown, shows, skipShots } from './playing.ts';
import { lighthouseStory, story } from './stories.ts';

const browser = useBrowser();

describe('what the player remembers', () => {
  it('offers to continue where one was, with the way back still known', async () => {
    const { page, faults } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('2');
    await skipShots(page, 'The tide turns.');
    await page.reload();
    await page.getByRole('button', { name: 'Continue' }).click();
    await shows(page, 'The tide turns.');
    await page.keyboard.press('Backspace');
    await shows(page, 'Where do you look first?');
    expect(faults).toEqual([]);
  });

  it('counts the endings found on the title, and starts over after one', async () => {
    const { page } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('1');
    await skipShots(page, 'Ending 1 of 3 found');
    await page.reload();
    await shows(page, 'Endings found: 1 of 3');
    expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
  });

  it('keeps the settings', async () => {
    const { page } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await page.keyboard.press('c');
    await page.keyboard.press('m');
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowDown');
    await page.reload();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Speed').inputValue()).toBe('4');
    expect(await dialog.getByLabel('Text size').inputValue()).toBe('2');
    expect(await dialog.getByLabel('Volume').inputValue()).toBe('0.9');
    expect(await dialog.getByLabel('Captions').isChecked()).toBe(false);
    expect(await dialog.getByLabel('Mute').isChecked()).toBe(true);
  });

  it('keeps stories apart', async () => {
    const { page } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await hasShown(page, 'The lamp has gone out.');
    const other = story(lighthouseStory().scenelets, { storyId: 'another', title: 'Another story' });
    await page.goto(fileAddress(await writeBundle(other)));
    await shows(page, 'Another story');
    expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
  });

  it('forgets a place that the story no longer has', async () => {
    const { page, faults } = await browser.open();
    const before = lighthouseStory();
    await beginFast(page, fileAddress(await writeBundle(before)));
    await skipShots(page, 'Where do you look first?');
    const after = lighthouseStory();
    const changed = JSON.parse(JSON.stringify(after).replaceAll('scenelet-2', 'scenelet-9'));
    await page.goto(fileAddress(await writeBundle(changed)));
    await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  it('forgets a place and an ending whose text has changed, and keeps those that tell the same', async () => {
    const { page } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await skipShots(page, 'Where do you look first?');
    await page.keyboard.press('1');
    await skipShots(page, 'Ending 1 of 3 found');
    await page.keyboard.press('Backspace');
    await shows(page, 'Where do you look first?');

    const redrawn = JSON.parse(JSON.stringify(lighthouseStory()).replaceAll('key_frame.png', 'other.png'));
    await page.goto(fileAddress(await writeBundle(redrawn)));
    await shows(page, 'Endings found: 1 of 3');
    await page.getByRole('button', { name: 'Continue' }).waitFor();

    const replaced = [
      ['The keeper smiles', 'The keeper frowns', 'Endings found: 0 of 3', true],
      ['Climb the stairs', 'Climb down', 'Endings found: 1 of 3', false],
    ] as const;
    for (const [before, after, tally, continues] of replaced) {
      const changed = JSON.parse(JSON.stringify(lighthouseStory()).replaceAll(before, after));
      await page.goto(fileAddress(await writeBundle(changed)));
      await shows(page, tally);
      expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(continues);
    }
  });

  it('plays where nothing can be stored', async () => {
    const { page, faults } = await browser.open();
    await page.addInitScript('Object.defineProperty(window, "localStorage", { get() { throw new Error("denied") } })');
    await beginFast(page, fileAddress(await writeBundle(lighthouseStory())));
    await skipShots(page, 'Where do you look first?');
    expect(faults).toEqual([]);
  });
});
