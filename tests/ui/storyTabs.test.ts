import { createStoryRepositories } from '@story-tree/supabase';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, sharedApp } from '@story-tree/testkit/programs/app.ts';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitsTheScreen, makeEmptyStory, makeStory, storyOn, TAB_NAMES } from './storyPages.ts';

const LOOKS: Record<string, BrowserContextOptions> = {
  'a desktop by day': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'a phone at night': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', isMobile: true, hasTouch: true },
};

/** What a story without anything offers on each tab, and what has to be there first. */
const OFFERS = {
  constitution: { offer: 'Make constitution', reason: null },
  script: { offer: 'Make interactive script', reason: 'Run Constitution first.' },
  visual: { offer: 'Make visual design', reason: 'Run Constitution and Interactive script first.' },
  audio: { offer: 'Make audio design', reason: 'Run Constitution, Interactive script, and Visual design first.' },
  shots: { offer: 'Make shots', reason: /Audio design first\.$/ },
  player: { offer: 'Make key frames', reason: /Shots first\.$/ },
} as const;

describe('the tabs of a story', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let complete: string;
  let empty: string;
  beforeAll(async () => {
    app = await sharedApp();
    [complete, empty] = await Promise.all([makeStory(app.place), makeEmptyStory(app.place)]);
  });

  for (const [name, look] of Object.entries(LOOKS)) {
    it(`can all be read on ${name}`, async () => {
      const { page, faults } = await browser.open(look);
      const story = storyOn(page, app.url, complete);
      // By their addresses on the desktop, by their links on the phone.
      if (look.isMobile) await story.open('costs');
      for (const tab of TAB_NAMES) {
        await (look.isMobile ? story.goTo(tab) : story.open(tab));
        await story.shows(tab);
        expect(await violationsOf(page), tab).toEqual([]);
        expect(await fitsTheScreen(page), tab).toBe(true);
      }
      expect(faults).toEqual([]);
    });

    it(`say on ${name} what is missing, and what comes first`, async () => {
      const { page, faults } = await browser.open(look);
      const story = storyOn(page, app.url, empty);
      await story.open('costs');
      await page.getByRole('heading', { name: 'Nothing has been spent yet' }).waitFor();
      for (const [tab, { offer, reason }] of Object.entries(OFFERS)) {
        await story.goTo(tab as keyof typeof OFFERS);
        const button = page.getByRole('button', { name: offer });
        await button.waitFor();
        expect(await button.getAttribute('aria-disabled'), tab).toBe(reason === null ? null : 'true');
        if (reason !== null) await page.getByRole('paragraph').getByText(reason).waitFor();
        expect(await violationsOf(page), tab).toEqual([]);
      }
      expect(faults).toEqual([]);
    });
  }

  it('open windows and menus that are right in the dark as well', async () => {
    const { page, faults } = await browser.open({ ...LOOKS['a phone at night'] });
    const story = storyOn(page, app.url, complete);
    const isRight = async (opened: Locator) => {
      await opened.waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await opened.waitFor({ state: 'detached' });
    };
    const button = (name: string | RegExp) => page.getByRole('button', { name }).first();

    await story.open('constitution');
    await button('Rewrite').click();
    await isRight(page.getByRole('dialog'));
    await button('Discuss').click();
    await isRight(page.getByRole('dialog'));
    await button('More').click();
    await isRight(page.getByRole('menu'));
    await story.choose('More', /Delete story/);
    await isRight(page.getByRole('alertdialog'));
    await story.openRunMenu();
    await isRight(page.getByRole('menu'));
    await story.openRunMenu();
    await story.menuItem(/^Interactive script/).click();
    await isRight(page.getByRole('dialog'));

    await story.goTo('shots');
    await button(/^Enlarge/).click();
    await isRight(page.getByRole('dialog'));
    await button('Prompts used').click();
    await isRight(page.getByRole('dialog'));
    await button('Regenerate picture').click();
    await isRight(page.getByRole('alertdialog'));
    await button('Regenerate picture').focus();
    expect(await violationsOf(page), 'with the tooltip').toEqual([]);
    expect(faults).toEqual([]);
  });

  it('tell in the colours of a person’s own which one is chosen, and what acts', async () => {
    const { page } = await browser.open({ forcedColors: 'active', colorScheme: 'light' });
    await storyOn(page, app.url, complete).open('shots');
    const looks = (selector: string) =>
      page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => {
        const { backgroundColor, borderBottomColor } = getComputedStyle(each);
        return backgroundColor + ' over ' + borderBottomColor;
      })`);
    const tabs = 'nav[aria-label="Parts of the story"] a';
    await page.locator(`${tabs}[aria-current="page"]`).waitFor();
    await page.locator('fieldset button').first().waitFor();
    for (const [chosen, others] of [
      [`${tabs}[aria-current="page"]`, `${tabs}:not([aria-current])`],
      ['fieldset button[aria-pressed="true"]', 'fieldset button[aria-pressed="false"]'],
    ] as const) {
      const [other, ...more] = new Set(await looks(others));
      expect(more, others).toEqual([]);
      expect(await looks(chosen)).not.toContain(other);
    }
    expect(await looks(`${tabs}:not([aria-current])`)).toContain('rgba(0, 0, 0, 0) over rgba(0, 0, 0, 0)');
    const [page0 = ''] = await looks('html');
    const [run = ''] = await looks('button[aria-haspopup="menu"]');
    expect(run.split(' over ')[0]).not.toBe(page0.split(' over ')[0]);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('are reached by keys, and the address says where one is', async () => {
    const { page } = await browser.keep();
    const story = storyOn(page, app.url, complete);
    await story.open('');
    await page.waitForURL(`**/story/${complete}/player`);
    await page.getByRole('link', { name: 'Costs' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/story/${complete}/costs`);
    await story.shows('costs');
    expect(await page.title()).toMatch(/ · Costs · Story Tree$/);
    await page.goBack();
    await story.shows('player');

    await storyOn(page, app.url, empty).open('');
    await page.waitForURL(`**/story/${empty}/constitution`);
  });

  it('lead back from addresses where nothing is', async () => {
    const { page } = await browser.keep();
    const noStory = page.getByRole('heading', { name: 'There is no such story' });
    for (const id of ['00000000-0000-4000-8000-000000000000', 'no-such-story']) {
      expect((await page.goto(`${app.url}/story/${id}/script`))?.status()).toBe(404);
      await noStory.waitFor();
    }
    expect(await violationsOf(page)).toEqual([]);

    // One that was deleted since the list was read.
    const gone = await makeEmptyStory(app.place);
    await page.getByRole('link', { name: 'Back to your stories' }).click();
    await page.waitForURL('**/story');
    const card = page.locator(`a[href*="${gone}"]`).first();
    await card.waitFor();
    await createStoryRepositories(app.place.database.kysely).stories.markDeleted(gone);
    await card.click();
    await noStory.waitFor();
    await expect.poll(() => page.title()).toBe('No such story · Story Tree');

    expect((await page.goto(`${app.url}/story/${complete}/dungeon`))?.status()).toBe(404);
    await page.getByRole('heading', { name: 'The story has no such part' }).waitFor();
    await page.getByRole('link', { name: 'Open the story' }).click();
    await page.waitForURL(`**/story/${complete}/player`);
  });

  it('say what went wrong, and try again when asked', async () => {
    const { page } = await browser.open();
    const story = storyOn(page, app.url, complete);
    const failing = [
      { route: `**/api/stories/${complete}`, tab: 'script', words: 'scenelet-1' },
      { route: '**/api/stories/*/costs', tab: 'costs', words: 'Model calls' },
      { route: '**/constitution-versions', tab: 'constitution', words: 'Version 1' },
    ] as const;
    for (const [at, { route, tab, words }] of failing.entries()) {
      await page.route(route, (request) =>
        request.fulfill({ status: 500, json: { error: { code: 'internal', message: 'The cellar is flooded.' } } }),
      );
      await (at === 0 ? page.goto(`${app.url}/story/${complete}/${tab}`) : story.goTo(tab));
      await page.getByRole('alert').getByText('The cellar is flooded.').waitFor();
      await page.unroute(route);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(words, { exact: true }).first().waitFor();
    }
  });

  it('lead by an outline to the parts of the constitution', async () => {
    const { page } = await browser.keep();
    await storyOn(page, app.url, complete).open('constitution');
    const outline = page.getByRole('navigation', { name: 'Outline' }).getByRole('link');
    const last = outline.last();
    const words = String(await last.textContent());
    await last.focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: words, exact: true });
    await heading.and(page.locator(':target')).waitFor();
    await expect.poll(async () => (await heading.boundingBox())?.y ?? -1).toBeLessThan(720);
  });

  it('tell the script along the choices that one makes', async () => {
    const { page } = await browser.keep();
    const story = storyOn(page, app.url, complete);
    await story.open('script');
    const choices = page.getByRole('group').filter({ has: page.getByText('ending') });
    await choices.waitFor();
    const first = choices.getByRole('button').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => first.getAttribute('aria-pressed')).toBe('true');
    await page.getByText('The end of this path').waitFor();
    expect(new URL(page.url()).search).toBe('?scenelet=scenelet-3a');

    await page.reload();
    await page.getByText('The end of this path').waitFor();
    await choices.getByRole('button').nth(1).click();
    await page.getByRole('link', { name: 'scenelet-5b' }).waitFor();
    expect(new URL(page.url()).search).toBe('?scenelet=scenelet-3b');
    await page.getByRole('button', { name: 'From the beginning' }).click();
    await page.getByText('The end of this path').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'YAML' }).click();
    await page.getByText('role: terminal').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download YAML' }).click();
    expect((await download).suggestedFilename()).toBe(`script-${complete}.yaml`);
  });

  it('play voices, one at a time', async () => {
    const { page } = await browser.keep();
    const story = storyOn(page, app.url, complete);
    const recordings: string[] = [];
    page.on('request', (request) => request.url().endsWith('.wav') && recordings.push(request.url()));
    await story.open('audio');
    await story.shows('audio');
    const players = page.getByRole('button', { name: /^(Play|Pause) shot 1 of/ });
    await players.nth(1).waitFor();
    expect(recordings).toEqual([]);

    const playing = () =>
      page.evaluate<number>('[...document.querySelectorAll("audio")].filter((one) => !one.paused).length');
    await players.nth(0).click();
    await expect.poll(() => recordings.length).toBeGreaterThan(0);
    await players.nth(1).click();
    await expect.poll(playing).toBeLessThan(2);
    await expect.poll(() => new Set(recordings).size).toBe(2);
  });

  it('enlarge a shot, show its prompts and its storyboard entry', async () => {
    const { page } = await browser.keep();
    const story = storyOn(page, app.url, complete);
    await story.open('shots', '?scenelet=scenelet-1');
    await page.getByRole('button', { name: 'Enlarge: Shot 1 of scenelet-1' }).click();
    await page.getByRole('dialog', { name: 'Shot 1 of scenelet-1' }).getByRole('img').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Prompts used' }).click();
    const prompts = page.getByRole('dialog', { name: /Prompts of shot 1/ });
    await prompts.getByText('"global_aesthetic"').waitFor();
    await prompts.getByRole('button', { name: 'Speech' }).click();
    await prompts.getByRole('region', { name: 'Voices', exact: true }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByText('Storyboard entry').click();
    await page.getByText('Framing').waitFor();
    expect(await page.getByRole('heading', { name: /^Shot \d/ }).count()).toBe(1);
    await page.getByRole('combobox', { name: 'Scenelet' }).selectOption('All scenelets');
    await expect.poll(() => page.getByRole('heading', { name: /^Shot \d/ }).count()).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Without picture' }).click();
    await page.getByText('No shots match.').waitFor();
    await page.getByRole('button', { name: 'Show all shots' }).click();
    await page.getByRole('heading', { name: 'Shot 1' }).first().waitFor();
  });

  it('play from the scenelet that the address names', async () => {
    const { page, faults } = await browser.keep();
    const story = storyOn(page, app.url, complete);
    await story.open('player', '?scenelet=scenelet-2');
    await page.getByText('Starts at').waitFor();
    const player = page.frameLocator('iframe');
    await player.locator('#play-screen').waitFor();
    await page.getByRole('button', { name: 'Play from the beginning' }).click();
    await player.getByRole('button', { name: 'Begin', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await player.getByRole('button', { name: 'Begin', exact: true }).click();
    await player.locator('#play-screen').waitFor();
    expect(faults).toEqual([]);
  });
});
