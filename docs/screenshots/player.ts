import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BundleShot, type StoryBundle, storyBundleSchema } from '@story-tree/domain';
import type { Browser, Page } from 'playwright-core';
import { photograph } from './camera.ts';

/** The layout of a small laptop, scaled down a little. */
const VIEWPORT = { width: 1040, height: 585 };
const SCALE = 0.7;

/** Milliseconds until the player's fades are over. */
const FADE_MS = 1_500;

/** Takes the player at its title, in the middle of a scenelet, and at the first choice. */
export async function photographPlayer(browser: Browser, bundleFolder: string): Promise<void> {
  const bundle = storyBundleSchema.parse(JSON.parse(await readFile(path.join(bundleFolder, 'story.json'), 'utf8')));
  const player = pathToFileURL(path.join(bundleFolder, 'player.html')).href;
  // Without motion, the same story always gives the same pictures.
  const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: SCALE, reducedMotion: 'reduce' });
  const take = async (name: string) => {
    await page.waitForTimeout(FADE_MS);
    await photograph(page, name);
  };

  await page.goto(player);
  await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  await take('player/title');

  await openAt(page, player, firstSpokenShot(bundle));
  await page.locator('#captions').filter({ hasText: /\S/ }).waitFor();
  await pause(page);
  await take('player/play');

  await openAt(page, player, firstChoice(bundle));
  await page.locator('#choice-panel').waitFor();
  await take('player/choices');
  await page.close();
}

/** A moment in a story: after this many shots of a scenelet. */
interface Moment {
  sceneletId: string;
  shots: number;
}

/** The first shot with a picture in which a character speaks. */
function firstSpokenShot({ scenelets }: StoryBundle): Moment {
  const isSpoken = ({ imagePath, captions }: BundleShot) =>
    imagePath !== null && captions.some(({ speaker }) => speaker !== null);
  for (const { id, shots } of scenelets) {
    const at = shots.findIndex(isSpoken);
    if (at >= 0) return { sceneletId: id, shots: at };
  }
  throw new Error('Nobody speaks in this story.');
}

function firstChoice({ scenelets }: StoryBundle): Moment {
  const branch = scenelets.find(({ next }) => next.type === 'branch');
  if (branch === undefined) throw new Error('There is no choice in this story.');
  return { sceneletId: branch.id, shots: branch.shots.length };
}

/** Opens the player at the start of a scenelet and skips ahead to the moment. */
async function openAt(page: Page, player: string, { sceneletId, shots }: Moment): Promise<void> {
  // Changing only the fragment would not reload the page.
  await page.goto('about:blank');
  await page.goto(`${player}#start=${encodeURIComponent(sceneletId)}`);
  await page.locator('#play-screen').waitFor();
  for (let shot = 0; shot < shots; shot += 1) await page.keyboard.press('ArrowRight');
}

async function pause(page: Page): Promise<void> {
  const play = page.getByRole('button', { name: 'Play', exact: true });
  // If the browser requires a gesture before it plays sound, the first press is that gesture.
  for (let press = 0; press < 2 && !(await play.isVisible()); press += 1) await page.keyboard.press('Space');
  await play.waitFor();
}
