/**
 * Takes the pictures of the player that the README shows. Usage: node docs/screenshots.ts [bundle folder]
 *
 * Without a folder it makes the sample story first, in memory and with the stub models: no database, no key, nothing left
 * behind. It needs Chromium on PATH, and leaves `title.png`, `player.png` and `choices.png` in `docs/images/`.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createFileAssetStore } from '../agent-backend/src/assets/fileAssetStore.ts';
import { bundleFolder } from '../agent-backend/src/bundle/bundlePaths.ts';
import { createStubModels, SAMPLE_PROMPT } from '../agent-backend/src/stub/index.ts';
import { DEFAULT_SCRIPT_LIMITS } from '../agent-backend/src/workflow/settings.ts';
import { ModelSlots, slotCounts } from '../agent-backend/src/workflow/slots.ts';
import { createStoryWorkflow } from '../agent-backend/src/workflow/storyWorkflow.ts';
import { type BundleShot, type StoryBundle, storyBundleSchema } from '../domain/src/index.ts';
import { createMemoryStory } from '../tests/support/memoryStory.ts';

const IMAGES = path.resolve(import.meta.dirname, 'images');
const PLAYER = path.resolve(import.meta.dirname, '../agent-backend/src/bundle/templates/player.html');

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Laid out as on a small laptop, and shown a little smaller: painted pictures make large files. */
const VIEWPORT = { width: 1040, height: 585 };
const SCALE = 0.7;

/** Milliseconds until the player's own fades are over. */
const FADE_MS = 1_500;

/** A README is fetched by everyone who looks at the project. */
const LARGEST_BYTES = 400_000;

/** Makes the sample story below a folder; returns the folder of its bundle. */
async function makeSample(folder: string): Promise<string> {
  const outputRoot = path.join(folder, 'stories');
  const workflow = await createStoryWorkflow(
    { prompt: SAMPLE_PROMPT, mode: 'stub' },
    {
      ...createMemoryStory(),
      models: createStubModels(),
      assets: createFileAssetStore(path.join(folder, 'assets')),
      settings: { script: DEFAULT_SCRIPT_LIMITS, maxReferenceImages: 14, outputRoot, playerTemplate: PLAYER },
      slots: new ModelSlots(slotCounts(2, 2)),
      runId: 'screenshots',
      signal: new AbortController().signal,
      now: () => new Date(),
      log: () => undefined,
      onProgress: ({ kind, message }) => kind.startsWith('task-') && console.log(message),
    },
  );
  await workflow.runAllTasks();
  return bundleFolder({ outputRoot, storyId: workflow.storyId });
}

/** The system's browser, as the tests use it. @throws Error when there is none on PATH */
function findChromium(): string {
  for (const program of PROGRAMS) {
    try {
      return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    } catch {
      // Not under this name: try the next.
    }
  }
  throw new Error(`There is no browser on PATH: install one of ${PROGRAMS.join(', ')}.`);
}

/** A moment of a story: after so many shots of a scenelet. */
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
  if (branch === undefined) throw new Error('There is nothing to choose in this story.');
  return { sceneletId: branch.id, shots: branch.shots.length };
}

/** Opens the player at the start of a scenelet and goes on to the moment. */
async function openAt(page: Page, player: string, { sceneletId, shots }: Moment): Promise<void> {
  // A mere change of the fragment would not load the page anew.
  await page.goto('about:blank');
  await page.goto(`${player}#start=${encodeURIComponent(sceneletId)}`);
  await page.locator('#play-screen').waitFor();
  for (let shot = 0; shot < shots; shot += 1) await page.keyboard.press('ArrowRight');
}

async function pause(page: Page): Promise<void> {
  const play = page.getByRole('button', { name: 'Play', exact: true });
  // Where the browser wanted a gesture before it lets sound play, the first press is that.
  for (let press = 0; press < 2 && !(await play.isVisible()); press += 1) await page.keyboard.press('Space');
  await play.waitFor();
}

async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(FADE_MS);
  const file = path.join(IMAGES, `${name}.png`);
  const { length: size } = await page.screenshot({ path: file });
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(size / 1_000)} kB`);
  if (size > LARGEST_BYTES) throw new Error(`${file} is too large: make SCALE smaller.`);
}

async function takePictures(browser: Browser, folder: string): Promise<void> {
  const bundle = storyBundleSchema.parse(JSON.parse(await readFile(path.join(folder, 'story.json'), 'utf8')));
  const player = pathToFileURL(path.join(folder, 'player.html')).href;
  // Without motion, the same story gives the same pictures.
  const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: SCALE, reducedMotion: 'reduce' });

  await page.goto(player);
  await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  await photograph(page, 'title');

  await openAt(page, player, firstSpokenShot(bundle));
  await page.locator('#captions').filter({ hasText: /\S/ }).waitFor();
  await pause(page);
  await photograph(page, 'player');

  await openAt(page, player, firstChoice(bundle));
  await page.locator('#choice-panel').waitFor();
  await photograph(page, 'choices');
}

const executablePath = findChromium();
const [given] = process.argv.slice(2);
const workplace = await mkdtemp(path.join(tmpdir(), 'story-tree-screenshots-'));
try {
  const folder = given ?? (await makeSample(workplace));
  await mkdir(IMAGES, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    await takePictures(browser, path.resolve(folder));
  } finally {
    await browser.close();
  }
} finally {
  await rm(workplace, { recursive: true, force: true });
}
