import { setTimeout as sleep } from 'node:timers/promises';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { apiOf } from '@story-tree/testkit/http/api.ts';
import { type AppOptions, type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { BRIEF_LEASE, type Variables } from '@story-tree/testkit/programs/cli.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';

const PATIENT = { timeout: 90_000 };
const SLOW = { ...SMALL_STORIES, STUB_LATENCY_MS: '300', ...BRIEF_LEASE };

describe('the task drawer, when things go wrong', () => {
  const browser = useBrowser();
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.close();
  });

  async function start(options: AppOptions) {
    const app = await startApp(options);
    opened.push(app);
    return { app, api: apiOf(app) };
  }

  /** An app and its worker for all tests of a group. */
  function shareApp(variables: () => Variables) {
    let app: RunningApp;
    beforeAll(async () => {
      app = await startApp({ worker: true, variables: variables() });
    });
    afterAll(() => app?.close());
    return () => ({ app, api: apiOf(app) });
  }

  async function openPage({ url }: RunningApp, path = '/story') {
    const watched = await browser.open();
    await watched.page.goto(`${url}${path}`);
    await isAwake(watched.page);
    return { ...watched, ...taskDrawerOn(watched.page) };
  }

  const messages = ({ events }: TaskDetail) => events.map(({ message }) => message).reverse();

  describe('when models fail or cost too much', () => {
    let gemini: GeminiServer;
    beforeAll(async () => {
      gemini = await startGeminiServer();
    });
    const shared = shareApp(() => ({ GEMINI_API_KEY: 'any', GEMINI_BASE_URL: gemini.baseUrl }));
    afterAll(() => gemini?.close());

    it('tells a failure with its code and what to do, and tries again', async () => {
      const { app, api } = shared();
      gemini.setFault({ fault: 'quota-per-day' });
      const { page, task, toasts } = await openPage(app);
      const storyId = await api.newStory();
      await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'CREATE_CONSTITUTION' } });

      await toasts.getByText('Create constitution failed').waitFor(PATIENT);
      expect(await violationsOf(page)).toEqual([]);
      await toasts.getByRole('button', { name: 'What to do' }).click();
      const failed = task(/Failed: Create constitution/);
      await failed.getByText('model_quota_exhausted').waitFor();
      await failed.getByText(/Wait until the quota of the key is renewed/).waitFor();
      expect(await violationsOf(page)).toEqual([]);

      gemini.setFault();
      await failed.getByRole('button', { name: 'Try again' }).click();
      await task(/Done: Create constitution/).waitFor(PATIENT);
      await task(/Done: Create constitution/)
        .getByText('"resume": true')
        .waitFor({ state: 'attached' });
      await failed.getByRole('button', { name: 'Dismiss' }).waitFor({ state: 'detached' });
    });

    it('says when a limit is reached, and continues with a higher one', async () => {
      const { app, api } = shared();
      const storyId = await api.newStory();
      const run = (task: string, maxCost: number) =>
        api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task, maxCost } });
      await api.ended(await run('CREATE_CONSTITUTION', 1));
      const stopped = await api.ended(await run('CREATE_INTERACTIVE_SCRIPT', 0.04));
      expect(stopped).toMatchObject({ status: 'failed', error: { code: 'budget_reached' } });
      expect(stopped.spent.costUsd).toBeGreaterThan(0);
      expect(stopped.spent.costUsd).toBeLessThanOrEqual(0.04);

      const { page, drawer, task, faults } = await openPage(app);
      await page.getByRole('button', { name: /^Tasks/ }).click();
      const failed = task(/Failed: Create interactive script/);
      const limit = failed.getByRole('textbox', { name: 'Spend at most' });
      await expect.poll(() => limit.inputValue()).toBe('0.08');
      expect(await violationsOf(page)).toEqual([]);
      await limit.fill('1');
      await failed.getByRole('button', { name: 'Continue with this limit' }).click();
      const done = task(/Done: Create interactive script/);
      await done.waitFor(PATIENT);
      await drawer.getByText('Estimated', { exact: true }).waitFor();
      await drawer.getByText('Took', { exact: true }).waitFor();
      expect(faults).toEqual([]);

      const sql = `select count(*) as n, count(distinct request_hash) as once
                   from model_calls where status = 'committed' and story_id = $1`;
      const { rows } = await app.place.database.pool.query<{ n: string; once: string }>(sql, [storyId]);
      expect(rows[0]?.once).toBe(rows[0]?.n);
    });
  });

  describe('when a task has ended', () => {
    const shared = shareApp(() => SMALL_STORIES);

    it('tells an end once, whatever the number of tabs, and not to those who saw it', async () => {
      const { app, api } = shared();
      const first = await openPage(app);
      const other = await first.page.context().newPage();
      await other.goto(`${app.url}/story`);
      await isAwake(other);
      const tabs = [first.toasts, taskDrawerOn(other).toasts];
      const toasts = async () => (await Promise.all(tabs.map((each) => each.allTextContents()))).flat();

      const storyId = await api.newStory();
      const make = { operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'CREATE_CONSTITUTION' } };
      await api.ended(await api.submit(make));
      await expect.poll(toasts, PATIENT).toEqual([expect.stringContaining('Create constitution: done')]);
      await sleep(500);
      expect(await toasts()).toHaveLength(1);
      await other.close();

      const { page } = first;
      await page.reload();
      await isAwake(page);
      await page.keyboard.press('n');
      await page.getByRole('textbox', { name: 'Prompt' }).fill('Seen to its end.');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('heading', { name: 'Your story is ready' }).waitFor(PATIENT);
      await sleep(500);
      expect(await first.toasts.count()).toBe(0);
    });

    it('puts a failure aside for good', async () => {
      const { app, api } = shared();
      const storyId = await api.newStory();
      const taskId = await api.submit({ operation: 'BUILD_PLAYER_BUNDLE', storyId, payload: {} });
      await api.ended(taskId);
      const { page, open, drawer, task } = await openPage(app, `/story/${storyId}`);
      await open();
      const failed = task(/Failed: Build the player bundle/);
      await failed.getByText('prerequisite_missing').waitFor();
      await drawer.getByRole('heading', { name: 'Failed', exact: true }).waitFor();
      await failed.getByRole('button', { name: 'Dismiss' }).click();
      await failed.getByText('prerequisite_missing').waitFor({ state: 'detached' });
      await page.reload();
      await isAwake(page);
      await open();
      await failed.getByRole('button').first().click();
      await failed.getByText('prerequisite_missing').waitFor();
      expect(await drawer.getByRole('heading', { name: 'Failed', exact: true }).count()).toBe(0);
    });
  });

  describe('when a task is cancelled', () => {
    const shared = shareApp(() => ({ ...SMALL_STORIES, STUB_LATENCY_MS: '1000' }));

    it('stops a task after a question, keeps what was made and continues from there', async () => {
      const { app, api } = shared();
      const storyId = await api.newStory('An orchard that keeps the names of all who left.');
      const { page, open, task } = await openPage(app, `/story/${storyId}`);
      const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
      await open();
      await task(/Make everything/)
        .getByRole('button')
        .first()
        .click();
      await task(/Make everything/)
        .getByText('Interactive script')
        .first()
        .waitFor(PATIENT);

      await page.getByRole('button', { name: 'Cancel: Make everything' }).click();
      const question = page.getByRole('alertdialog', { name: 'Cancel “Make everything”?' });
      expect(await violationsOf(page)).toEqual([]);
      await question.getByRole('button', { name: 'Keep it running' }).click();
      await question.waitFor({ state: 'detached' });
      expect((await api.read<TaskDetail>(`/api/story-tasks/${taskId}`)).cancelRequestedAt).toBeNull();

      await page.getByRole('button', { name: 'Cancel: Make everything' }).click();
      await question.getByRole('button', { name: 'Cancel the task' }).click();
      const cancelled = task(/Cancelled: Make everything/);
      await cancelled.getByRole('button', { name: 'Run it again' }).click(PATIENT);
      const done = task(/Done: Make everything/);
      await done.waitFor(PATIENT);
      expect(await logLines(done)).toContain('Constitution: nothing is missing.');
    });

    it('says that a task is about to stop for as long as that takes', async () => {
      const { app, api } = shared();
      const storyId = await api.newStory();
      const { page, open, drawer, task } = await openPage(app);
      const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
      await api.awaitTask(taskId, ({ status }) => status === 'running');
      app.worker?.process.kill('SIGSTOP');
      await open();
      await drawer.getByRole('button', { name: 'Cancel: Make everything' }).click();
      await page.getByRole('button', { name: 'Cancel the task' }).click();
      await drawer.getByText('Stopping at the next opportunity.').waitFor();
      expect(await drawer.getByRole('button', { name: 'Cancel: Make everything' }).count()).toBe(0);
      expect(await violationsOf(page)).toEqual([]);
      app.worker?.process.kill('SIGCONT');
      await task(/Cancelled: Make everything/).waitFor(PATIENT);
    });
  });

  describe('when a part of the product is killed', () => {
    it('says that no worker is running; killed, its work is taken up again with nothing lost or told twice', async () => {
      const { app, api } = await start({ worker: true, variables: SLOW });
      const storyId = await api.newStory();
      const { page, faults, open, drawer, task: row } = await openPage(app);
      const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
      await open();
      const task = drawer.locator(`[data-task="${taskId}"]`);
      await task.getByRole('button').first().click();
      await task.getByRole('list', { name: 'Steps' }).getByText('Visual design').waitFor(PATIENT);

      await app.worker?.stop('SIGKILL');
      await drawer.getByText('No worker is running.').waitFor(PATIENT);
      expect(await violationsOf(page)).toEqual([]);
      await start({ place: app.place, worker: true, variables: SLOW });
      await drawer.getByText('No worker is running.').waitFor({ state: 'detached', ...PATIENT });
      await row(/Done: Make everything/).waitFor(PATIENT);
      const told = messages(await api.ended(taskId));
      await expect.poll(() => logLines(task)).toEqual(told);
      expect(told.filter((line) => line.startsWith('Resumed'))).toHaveLength(1);
      expect(faults).toEqual([]);
    });

    it('shows that it is cut off, and catches up with nothing lost or told twice', async () => {
      const { app, api } = await start({ worker: true, variables: SLOW });
      const storyId = await api.newStory();
      const { open, drawer, task: row } = await openPage(app);
      const taskId = await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
      await open();
      const task = drawer.locator(`[data-task="${taskId}"]`);
      await task.getByRole('button').first().click();
      await task.getByRole('list', { name: 'Steps' }).waitFor(PATIENT);

      await app.stop('SIGKILL');
      await drawer.getByText('Not connected: this may be out of date.').waitFor(PATIENT);
      await sleep(3_000);
      const { port } = new URL(app.url);
      await start({ place: app.place, variables: { ...SLOW, PORT: port } });
      await drawer.getByText('Not connected').waitFor({ state: 'detached', ...PATIENT });
      await row(/Done: Make everything/).waitFor(PATIENT);
      const told = messages(await api.ended(taskId));
      await expect.poll(() => logLines(task)).toEqual(told);
    });
  });
});
