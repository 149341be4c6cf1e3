import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { writeBundle } from './bundles.ts';
import { beginFast, shows } from './playing.ts';
import { serve } from './serve.ts';
import { lighthouseStory } from './stories.ts';

const browser = useBrowser();

const music = [
  { cueName: 'sea', audioPath: 'assets/music/sea.wav', sceneletIds: ['scenelet-1', 'scenelet-2'] },
  { cueName: 'lamp', audioPath: 'assets/music/lamp.wav', sceneletIds: ['scenelet-3a'] },
];

describe('music', () => {
  it("plays each scenelet's cue beneath the story, with a volume of its own", async () => {
    const { origin, requested } = await serve(await writeBundle({ ...lighthouseStory(), music }));
    const { page, faults } = await browser.open();
    await beginFast(page, `${origin}/player.html`);
    await shows(page, 'Where do you look first?');
    expect(requested).toContain('/assets/music/sea.wav');
    expect(requested).not.toContain('/assets/music/lamp.wav');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Music').fill('0');
    await shows(page, 'Off');
    await page.getByLabel('Music').fill('0.5');
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await shows(page, 'Ending 1 of 3 found');
    await expect.poll(() => requested.has('/assets/music/lamp.wav')).toBe(true);
    expect(faults).toEqual([]);
  });

  it('goes without a cue whose file is missing', async () => {
    const { origin } = await serve(
      await writeBundle({ ...lighthouseStory(), music }, { 'assets/music/sea.wav': null }),
    );
    const { page } = await browser.open();
    await beginFast(page, `${origin}/player.html`);
    await shows(page, 'Where do you look first?');
  });
});
