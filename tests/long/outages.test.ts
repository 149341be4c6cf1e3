import { setTimeout as sleep } from 'node:timers/promises';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { apiOf } from '@story-tree/testkit/http/api.ts';
import { type Network, openNetwork } from '@story-tree/testkit/network/network.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { BRIEF_LEASE } from '@story-tree/testkit/programs/cli.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { afterEach, expect, it } from 'vitest';

const OUTAGE_MS = 30_000;
const PATIENT = { timeout: 120_000 };
/** A story takes longer than the outage, so that there is something to miss. */
const VARIABLES = { ...SMALL_STORIES, ...BRIEF_LEASE, STUB_LATENCY_MS: '1500' };

const browser = useBrowser();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function start(options: Parameters<typeof startApp>[0]): Promise<RunningApp> {
  const app = await startApp({ variables: VARIABLES, ...options });
  opened.push(app);
  return app;
}

/** Takes something away. @returns how it comes back */
type BreakOff = (app: RunningApp, network: Network) => Promise<() => unknown>;

async function withoutWorker(app: RunningApp): ReturnType<BreakOff> {
  await app.worker?.stop('SIGKILL');
  return () => start({ place: app.place, worker: true });
}

async function withoutApp(app: RunningApp): ReturnType<BreakOff> {
  await app.stop('SIGKILL');
  const { port } = new URL(app.url);
  return () => start({ place: app.place, variables: { ...VARIABLES, PORT: port } });
}

async function withoutNetwork(_app: RunningApp, network: Network): ReturnType<BreakOff> {
  network.cut();
  return () => network.restore();
}

const OUTAGES: readonly [what: string, notice: string, breakOff: BreakOff][] = [
  ['the worker', 'No worker is running.', withoutWorker],
  ['the app', 'Not connected: this may be out of date.', withoutApp],
  ['the network', 'Not connected: this may be out of date.', withoutNetwork],
];

it.each(OUTAGES)(
  'says so on the page when %s is gone for 30 s, and loses and repeats nothing',
  async (_, notice, breakOff) => {
    const app = await start({ worker: true });
    const network = await openNetwork(app.url);
    opened.push(network);
    const api = apiOf(app);
    const storyId = await api.newStory();
    const { page } = await browser.open();
    await page.goto(`${network.url}/story`);
    await isAwake(page);
    const { open, drawer, task: row } = taskDrawerOn(page);
    const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
    await open();
    const task = drawer.locator(`[data-task="${taskId}"]`);
    await task.getByRole('button').first().click();
    await task.getByRole('list', { name: 'Steps' }).getByText('Interactive script').waitFor(PATIENT);

    const restore = await breakOff(app, network);
    await drawer.getByText(notice).waitFor(PATIENT);
    await sleep(OUTAGE_MS);
    await restore();
    await drawer.getByText(notice).waitFor({ state: 'detached', ...PATIENT });

    await row(/Done: Make everything/).waitFor(PATIENT);
    const { events } = await api.ended(taskId);
    await expect.poll(() => logLines(task)).toEqual(events.map(({ message }) => message).reverse());
  },
);
