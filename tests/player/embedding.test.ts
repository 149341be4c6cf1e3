import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginPaused, shows, skipShots } from './playing.ts';
import { serve } from './serve.ts';
import { lighthouseStory, scenelet, shot, story } from './stories.ts';

const browser = useBrowser();

/** A story whose assets are given as absolute paths of the site. */
function embeddedStory() {
  const opening = scenelet('scenelet-1', { type: 'linear', sceneletId: 'scenelet-2' }, 'Not shown.');
  const middle = scenelet('scenelet-2', { type: 'terminal' }, '');
  const imagePath = '/generated/lighthouse/shots/scenelet-2/1_key_frame.png';
  middle.shots[0] = shot('scenelet-2', 1, 'From the middle.', { imagePath });
  return story([opening, middle]);
}

describe('embedded over HTTP', () => {
  it('plays the data at the address in the fragment from the given scenelet, with its assets as they are named', async () => {
    const folder = await writeBundle(embeddedStory());
    await writeFile(join(folder, 'story.js'), 'throw new Error("an embedded player has no story beside it");');
    const { origin, requested } = await serve(folder);
    const { page, faults } = await browser.open();
    await page.goto(`${origin}/player.html#bundle=${encodeURIComponent('/story.json')}&start=scenelet-2`);
    await page.keyboard.press('Space');
    await shows(page, 'From the middle.');
    await page.getByAltText('What shot 1 of scenelet-2 shows').waitFor();
    expect(requested).toContain('/generated/lighthouse/shots/scenelet-2/1_key_frame.png');
    expect(requested).not.toContain('/story.js');
    expect(faults).toEqual([]);
  });

  it("leaves the viewer's own place alone when a start is given", async () => {
    const { origin } = await serve(await writeBundle(lighthouseStory()));
    const { page } = await browser.open();
    await page.goto(`${origin}/player.html#start=scenelet-3b`);
    await skipShots(page, 'The tide turns.');
    await page.goto(`${origin}/player.html`);
    await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  });

  it('says so and begins at the title when the start is unknown', async () => {
    const { page } = await browser.open();
    await page.goto(`${fileAddress(await writeBundle(lighthouseStory()))}#start=scenelet-99`);
    await page.getByText('not in this story').waitFor();
    await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  });

  it('reads story.json where story.js is not served', async () => {
    const folder = await writeBundle(lighthouseStory());
    await writeFile(join(folder, 'story.js'), '');
    const { origin } = await serve(folder);
    const { page } = await browser.open();
    await page.goto(`${origin}/player.html`);
    await shows(page, 'The Lighthouse at the End');
  });

  it('says when the address leads to no story', async () => {
    const { origin } = await serve(await writeBundle(lighthouseStory()));
    const { page } = await browser.open();
    await page.goto(`${origin}/player.html#bundle=/nowhere.json`);
    await page.getByText('could not be loaded').waitFor();
    await page.goto('about:blank');
    await page.goto(`${origin}/player.html#bundle=/player.html`);
    await page.getByText('its data cannot be read').waitFor();
  });

  it('refuses foreign addresses and asks them for nothing', async () => {
    const own = await serve(await writeBundle(lighthouseStory()));
    const foreign = await serve(await writeBundle(lighthouseStory()));
    const { page } = await browser.open();
    const addresses = [
      `${foreign.origin}/story.json`,
      `//${new URL(foreign.origin).host}/story.json`,
      `blob:${own.origin}/00000000-0000-4000-8000-000000000000`,
      'data:application/json,{}',
      'javascript:alert(1)',
      'http://[',
    ];
    for (const address of addresses) {
      await page.goto('about:blank');
      await page.goto(`${own.origin}/player.html#bundle=${encodeURIComponent(address)}`);
      await page.getByText('the given address is a foreign one').waitFor();
    }
    await page.goto(`${fileAddress(await writeBundle(lighthouseStory()))}#bundle=story.json`);
    await page.getByText('the given address is a foreign one').waitFor();
    expect([...foreign.requested]).toEqual([]);
  });
});

describe('preloading', () => {
  it('has asked for picture and speech of every choice before one is made', async () => {
    const choices = Array.from({ length: 4 }, (_, index) => ({ label: `Way ${index}`, sceneletId: `way-${index}` }));
    const crossing = scenelet('crossing', { type: 'branch', choicePrompt: 'Which way?', choices }, 'First.', 'Second.');
    const ways = choices.map(({ sceneletId }) => {
      const way = scenelet(sceneletId, { type: 'terminal' }, '');
      way.shots[0] = shot(sceneletId, 1, 'Here.', { audioPath: `assets/shots/${sceneletId}/1_audio.wav` });
      return way;
    });
    const { origin, requested } = await serve(await writeBundle(story([crossing, ...ways])));
    const { page } = await browser.open();
    const asked = page.waitForRequest(/way-3\/1_audio\.wav/);
    await beginPaused(page, `${origin}/player.html`);
    await shows(page, 'First.');
    await asked;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await shows(page, 'Which way?');
    for (const { sceneletId } of choices) {
      expect(requested).toContain(`/assets/shots/${sceneletId}/1_key_frame.png`);
      expect(requested).toContain(`/assets/shots/${sceneletId}/1_audio.wav`);
    }
  });
});
