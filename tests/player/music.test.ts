import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { makeWav } from './media.ts';
import { beginFast, shows } from './playing.ts';
import { serve } from './serve.ts';
import { lighthouseStory, scenelet, shot, speech, story } from './stories.ts';

const browser = useBrowser();

const music = [
  { cueName: 'sea', audioPath: 'assets/music/sea.wav', sceneletIds: ['scenelet-1', 'scenelet-2'] },
  { cueName: 'lamp', audioPath: 'assets/music/lamp.wav', sceneletIds: ['scenelet-3a'] },
];

/** Keeps every audio element that the page makes, since none of them is in its document. */
const KEEP_AUDIO = `
  globalThis.madeAudio = [];
  globalThis.Audio = class extends Audio {
    constructor(...given) {
      super(...given);
      globalThis.madeAudio.push(this);
    }
  };
`;

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

  it('is lowered while somebody speaks, and comes back afterwards', async () => {
    // Long enough to stay until they are left.
    const pause = 'Long silence. '.repeat(200);
    const talk = scenelet('scenelet-1', { type: 'terminal' }, pause, '', pause);
    const words = speech('scenelet-1', 2);
    talk.shots[1] = shot('scenelet-1', 2, 'Hear me.', { audioPath: words });
    const bundle = await writeBundle(
      { ...story([talk]), music: [{ cueName: 'sea', audioPath: 'assets/music/sea.wav', sceneletIds: ['scenelet-1'] }] },
      { [words]: makeWav(60) },
    );
    const { page, faults } = await browser.open();
    await page.addInitScript(KEEP_AUDIO);
    await page.goto(fileAddress(bundle));
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    const loudness = () =>
      page.evaluate<number>(`madeAudio.find(({ src, paused }) => src.endsWith('sea.wav') && !paused)?.volume ?? 0`);
    await expect.poll(loudness).toBeCloseTo(0.6);
    await page.keyboard.press('ArrowRight');
    await expect.poll(loudness).toBeCloseTo(0.18);
    await page.keyboard.press('ArrowRight');
    await expect.poll(loudness).toBeCloseTo(0.6);
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
