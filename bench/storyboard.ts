import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startApp } from '../tests/support/app.ts';
import { makeWorkplace } from '../tests/support/cli.ts';
import { storyboardOn } from '../tests/ui/storyboardPage.ts';
import { seedBoard } from '../tests/ui/storyboardStories.ts';
import type { BenchRow } from './measure.ts';

const WINDOW = { width: 1440, height: 900 };
const DRAGS = 6;
const STEPS = 60;

interface Measured {
  /** From the request for the page until the first card is painted. */
  paintSeconds: number;
  /** While the canvas is dragged about where cards are dense. */
  panSecondsPerFrame: number;
  /** The longest time between two frames while one pans, zooms out to everything, walks and comes back. */
  freezeSeconds: number;
}

/** The storyboard in a headless browser, from the built app and its real API. */
export function storyboardRows(): BenchRow[] {
  const [medium, huge] = [sessions(1_000), sessions(3_000)];
  return [
    row(
      'storyboard, 1,000 scenelets: first paint',
      'one second',
      2,
      medium(({ paintSeconds }) => paintSeconds),
    ),
    row('storyboard, 1,000 scenelets: a frame while panning', '1/50 second', 1, medium(perFrame)),
    row(
      'storyboard, 3,000 scenelets: first paint',
      'one second',
      4,
      huge(({ paintSeconds }) => paintSeconds),
    ),
    row('storyboard, 3,000 scenelets: a frame while panning', '1/50 second', 1, huge(perFrame)),
    row(
      'storyboard, 3,000 scenelets: longest standstill',
      'half a second',
      1,
      huge((all) => all.freezeSeconds * 2),
    ),
  ];
}

const perFrame = ({ panSecondsPerFrame }: Measured) => panSecondsPerFrame * 50;

function row(name: string, baseline: string, bar: number, round: () => Promise<number>): BenchRow {
  return { name, baseline, bar, round };
}

/** Several rows read the same visit: each takes the first that it has not read. */
function sessions(scenelets: number): (read: (measured: Measured) => number) => () => Promise<number> {
  const visits: Measured[] = [];
  return (read) => {
    let next = 0;
    return async () => {
      if (next === visits.length) visits.push(await visit(scenelets));
      const measured = visits[next++];
      return measured === undefined ? Number.NaN : read(measured);
    };
  };
}

async function visit(scenelets: number): Promise<Measured> {
  const place = await makeWorkplace();
  const app = await startApp({ place });
  const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const storyId = await seedBoard(place, { scenelets, shots: scenelets > 1_000 ? 0 : 2 });
    // A server that has not shown any page yet has to load its own parts first.
    await (await open(browser, app.url, storyId)).page.context().close();
    const { page, board } = await open(browser, app.url, storyId);
    const paintSeconds = (await page.evaluate<number>('window.paintedAt')) / 1_000;
    await board.takeKeys();
    await board.press('End');
    await page.evaluate(WATCH_FRAMES);
    await panAbout(page);
    const pan = await frames(page);
    await board.press('0');
    await board.shows('structure');
    await panAbout(page);
    await board.press('Home', 'ArrowRight', '1');
    await board.shows('card');
    const all = await frames(page);
    return { paintSeconds, panSecondsPerFrame: pan.mean, freezeSeconds: all.longest };
  } finally {
    await browser.close();
    await app.close();
    await place.remove();
  }
}

async function open(browser: Browser, url: string, storyId: string) {
  const page = await (await browser.newContext({ viewport: WINDOW })).newPage();
  await page.addInitScript(WATCH_PAINT);
  const board = storyboardOn(page, url, storyId);
  await board.open();
  while (!(await page.evaluate<boolean>('window.paintedAt > 0'))) await sleep(50);
  return { page, board };
}

/** Up, down and across with the button held. */
async function panAbout(page: Page): Promise<void> {
  for (let drag = 0; drag < DRAGS; drag += 1) {
    const [toX, toY] = [
      [0, 250],
      [0, -250],
      [180, 0],
    ][drag % 3] as [number, number];
    await page.mouse.move(700, 600);
    await page.mouse.down();
    for (let step = 1; step <= STEPS; step += 1) {
      await page.mouse.move(700 + (toX * step) / STEPS, 600 + (toY * step) / STEPS);
    }
    await page.mouse.up();
  }
}

/** Times between frames so far, in seconds. */
async function frames(page: Page): Promise<{ mean: number; longest: number }> {
  const times = await page.evaluate<number[]>('window.frameTimes');
  const gaps = times.slice(1).map((time, at) => (time - (times[at] ?? time)) / 1_000);
  return { mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, longest: Math.max(...gaps) };
}

const WATCH_PAINT = `(function look() {
  requestAnimationFrame(() => {
    if (!document.querySelector('[data-scenelet]')) look();
    else requestAnimationFrame(() => { window.paintedAt = performance.now(); });
  });
})()`;

const WATCH_FRAMES = `(function note(time) {
  window.frameTimes ??= [];
  if (time) window.frameTimes.push(time);
  requestAnimationFrame(note);
})()`;

/** @throws Error when there is no Chromium on PATH */
function browserPath(): string {
  const search = 'command -v chromium || command -v chromium-browser || command -v google-chrome';
  return execFileSync('sh', ['-c', search], { encoding: 'utf8' }).trim();
}
