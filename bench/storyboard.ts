import { setTimeout as sleep } from 'node:timers/promises';
import { chromiumPath } from '@story-tree/testkit/browser/chromium.ts';
import { storyboardOn } from '@story-tree/testkit/browser/storyboardPage.ts';
import { startApp } from '@story-tree/testkit/programs/app.ts';
import { makeWorkplace } from '@story-tree/testkit/programs/cli.ts';
import { seedBoard } from '@story-tree/testkit/stories/storyboardStories.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { BenchRow } from './measure.ts';

const WINDOW = { width: 1440, height: 900 };
const DRAGS = 6;
const STEPS = 60;

/** What one visit to a storyboard measures, in seconds. */
interface Visit {
  /** From requesting the page until the first card is painted. */
  paint: number;
  /** The average frame while the canvas is dragged around where cards are dense. */
  frame: number;
  /** The longest time between two frames while panning, zooming out to everything, moving along and zooming back in. */
  freeze: number;
}

/** The storyboard of the built app in a headless browser, on the real API; no rows without a browser. */
export function storyboardRows(): BenchRow[] {
  const executablePath = chromiumPath();
  if (executablePath === null) return [];
  return [...rowsOf(executablePath, 1_000), ...rowsOf(executablePath, 3_000)];
}

function rowsOf(executablePath: string, scenelets: number): BenchRow[] {
  const name = `storyboard, ${scenelets.toLocaleString('en')} scenelets`;
  const visits: Visit[] = [];
  // All rows read the same visits: each row takes the first one that it has not read yet.
  const reader = (read: (visit: Visit) => number) => {
    let next = 0;
    return async () => {
      const seen = visits[next] ?? (await visitBoard(executablePath, scenelets));
      visits[next] = seen;
      next += 1;
      return read(seen);
    };
  };
  return [
    { name: `${name}: first paint`, baseline: 'half a second', bar: 1, round: reader(({ paint }) => paint * 2) },
    {
      name: `${name}: a frame while panning`,
      baseline: '1/58 second',
      bar: 1,
      round: reader(({ frame }) => frame * 58),
    },
    {
      name: `${name}: longest freeze`,
      baseline: 'half a second',
      bar: 1,
      round: reader(({ freeze }) => freeze * 2),
    },
  ];
}

async function visitBoard(executablePath: string, scenelets: number): Promise<Visit> {
  const place = await makeWorkplace();
  const app = await startApp({ place });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const storyId = await seedBoard(place, { scenelets, shots: scenelets > 1_000 ? 0 : 2 });
    // Before its first page, the server still has to load its own code.
    await (await open(browser, app.url, storyId)).page.context().close();
    const { page, board } = await open(browser, app.url, storyId);
    const paint = (await page.evaluate<number>('window.paintedAt')) / 1_000;
    await board.takeKeys();
    await board.press('End');
    await page.evaluate(WATCH_FRAMES);
    await panAbout(page);
    const { mean } = await frames(page);
    await board.press('0');
    await board.shows('structure');
    await panAbout(page);
    await board.press('Home', 'ArrowRight', '1');
    await board.shows('card');
    const { longest } = await frames(page);
    return { paint, frame: mean, freeze: longest };
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

/** Drags up, down and sideways with the button held. */
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

/** The mean and the longest time between frames so far, in seconds. */
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
