import { chromiumPath } from '@story-tree/testkit/browser/chromium.ts';
import { percentile } from '@story-tree/testkit/percentile.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { type Browser, chromium } from 'playwright-core';
import type { BenchRow } from './measure.ts';

const BAR_MS = 50;
const STORIES = 6;
const PERCENT = 95;

/** The time from storing a worker's event to its arrival in a page; no rows without a browser. */
export function eventRows(): BenchRow[] {
  const executablePath = chromiumPath();
  if (executablePath === null) return [];
  return [
    {
      name: `a worker's event until it reaches a page, p${PERCENT}`,
      baseline: `${BAR_MS} ms`,
      bar: 1,
      round: async () => percentile(await delays(executablePath), PERCENT) / BAR_MS,
    },
  ];
}

/** The delays of all events of a few stories, in milliseconds. Both times are from this machine's clock. */
async function delays(executablePath: string): Promise<number[]> {
  const app = await startApp({ worker: true, variables: SMALL_STORIES });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    return await listenInPage(browser, app);
  } finally {
    await browser.close();
    await app.close();
  }
}

async function listenInPage(browser: Browser, app: RunningApp): Promise<number[]> {
  const page = await browser.newPage();
  // On the product's own page, which handles the same events at the same time.
  await page.goto(`${app.url}/story`);
  await page.evaluate(LISTEN);
  for (let story = 0; story < STORIES; story += 1) {
    const ended = page.evaluate('window.taskEnds()');
    await makeStory(app);
    await ended;
  }
  return page.evaluate<number[]>('window.delays');
}

async function makeStory({ url }: RunningApp): Promise<void> {
  const response = await fetch(`${url}/api/story-tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'CREATE_STORY', payload: { prompt: 'A lamp', runAll: true } }),
  });
  if (response.status !== 202) throw new Error(`The app did not accept the task: ${await response.text()}`);
}

/** Resolves once the stream is open. */
const LISTEN = `new Promise((resolve, reject) => {
  const source = new EventSource('/api/events');
  let onEnd = () => {};
  window.delays = [];
  window.taskEnds = () => new Promise((ended) => { onEnd = ended; });
  source.addEventListener('task', ({ data }) => {
    const arrivedAt = Date.now();
    const { event } = JSON.parse(data);
    window.delays.push(arrivedAt - Date.parse(event.createdAt));
    if (['succeeded', 'failed', 'cancelled'].includes(event.step)) onEnd();
  });
  source.onopen = () => resolve();
  source.onerror = () => reject(new Error('The stream could not be opened.'));
})`;
