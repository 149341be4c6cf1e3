import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginFast, hasShown, shows, skipShots, visibleButtons } from './playing.ts';
import { serve } from './serve.ts';
import { branch, scenelet, shot, speech, story } from './stories.ts';

const browser = useBrowser();

function spokenStory() {
  const spoken = scenelet('scenelet-1', { type: 'linear', sceneletId: 'scenelet-2' }, '');
  spoken.shots[0] = shot('scenelet-1', 1, 'Can you hear me?', { audioPath: speech('scenelet-1', 1) });
  return story([spoken, scenelet('scenelet-2', { type: 'terminal' }, 'On we go.')]);
}

describe('missing and broken media', () => {
  for (const [name, content] of [
    ['missing', null],
    ['broken', 'no media at all'],
  ] as const) {
    it(`shows the alternative text for a ${name} picture and reads on past ${name} speech`, async () => {
      const picture = 'assets/shots/scenelet-1/1_key_frame.png';
      const folder = await writeBundle(spokenStory(), { [picture]: content, [speech('scenelet-1', 1)]: content });
      const { page } = await browser.open();
      await beginFast(page, fileAddress(folder));
      await hasShown(page, 'What shot 1 of scenelet-1 shows');
      await hasShown(page, 'Can you hear me?');
      await hasShown(page, 'On we go.');
      await shows(page, 'Ending 1 of 1 found');
    });
  }

  it('reads on past speech that never comes', async () => {
    const { origin } = await serve(await writeBundle(spokenStory()), { hanging: `/${speech('scenelet-1', 1)}` });
    const { page } = await browser.open();
    await beginFast(page, `${origin}/player.html`);
    await hasShown(page, 'Can you hear me?');
    await hasShown(page, 'On we go.');
  });
});

describe('stories that are not whole', () => {
  it('stops calmly at an unfinished path, without any way to start over', async () => {
    const { page } = await browser.open();
    await beginFast(
      page,
      fileAddress(await writeBundle(story([scenelet('scenelet-1', { type: 'incomplete' }, 'And then')]))),
    );
    await shows(page, 'To be continued');
    await page.keyboard.press('r');
    expect((await visibleButtons(page)).filter((name) => /start|begin/i.test(name))).toEqual([]);
    await page.getByRole('button', { name: 'Settings' }).click();
    expect((await visibleButtons(page)).filter((name) => /start|begin/i.test(name))).toEqual([]);
  });

  it('treats a scenelet that does not exist as an unfinished path', async () => {
    const crossing = scenelet(
      'scenelet-1',
      branch('Where to?', { Nowhere: 'gone', Home: 'scenelet-2' }),
      'A crossing.',
    );
    const { page, faults } = await browser.open();
    const bundle = await writeBundle(story([crossing, scenelet('scenelet-2', { type: 'terminal' }, 'Home.')]));
    await beginFast(page, fileAddress(bundle));
    await skipShots(page, 'Where to?');
    await page.keyboard.press('1');
    await shows(page, 'To be continued');
    await page.keyboard.press('Backspace');
    await shows(page, 'Where to?');
    expect(faults).toEqual([]);
  });

  it('shows the description of a scenelet without shots, and goes round a circle without hanging', async () => {
    const card = scenelet('scenelet-1', { type: 'linear', sceneletId: 'scenelet-2' });
    const { page, faults } = await browser.open();
    const bundle = await writeBundle(
      story([card, scenelet('scenelet-2', { type: 'linear', sceneletId: 'scenelet-1' })]),
    );
    await beginFast(page, fileAddress(bundle));
    for (const id of ['scenelet-1', 'scenelet-2']) await hasShown(page, `What happens in ${id}`);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(faults).toEqual([]);
  });

  it('opens a story of thousands of scenelets with no more elements than a small one', async () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      scenelet(`scenelet-${index}`, { type: 'linear', sceneletId: `scenelet-${(index + 1) % 5000}` }),
    );
    const { page, faults } = await browser.open();
    await beginFast(page, fileAddress(await writeBundle(story(many))));
    await hasShown(page, 'What happens in scenelet-3');
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(400);
    expect(faults).toEqual([]);
  });

  it('says what is wrong when there is no story, or none that can be read', async () => {
    const folder = await writeBundle(spokenStory());
    const { page } = await browser.open();
    await writeFile(join(folder, 'story.js'), 'window.STORY_TREE_BUNDLE = { scenelets: 7 };');
    await page.goto(fileAddress(folder));
    await page.getByText('This story has no beginning').waitFor();
    await writeFile(join(folder, 'story.js'), '');
    await page.goto(fileAddress(folder));
    await page.getByText('story.js must lie in the same folder').waitFor();
  });
});
