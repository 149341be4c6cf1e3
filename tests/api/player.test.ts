import { beforeAll, expect, it } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { useApi } from './support/api.ts';
import { makeStory } from './support/madeStory.ts';

const api = useApi();
const browser = useBrowser();

let storyId = '';
beforeAll(async () => {
  storyId = await makeStory(api().app.place);
});

it('plays the story as the app has it, in a frame of a page, from where one wants', async () => {
  const { page, faults } = await browser.open();
  await page.goto(`${api().app.url}/sign-in`);
  const shown = page.waitForResponse((response) => response.url().endsWith('/scenelet-2/1_key_frame.png'));
  const src = `/api/stories/${storyId}/player.html?scenelet=scenelet-2`;
  await page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: '${src}' }))`);
  expect((await shown).url()).toContain(`/generated/${storyId}/shots/`);
  expect((await shown).ok()).toBe(true);
  expect(faults).toEqual([]);
});
