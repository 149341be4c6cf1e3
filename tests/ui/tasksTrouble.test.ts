import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { isAwake, logLines, taskDrawerOn } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { whileItStandsStill } from '@story-tree/testkit/worker/standStill.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';

const PATIENT = { timeout: 90_000 };

describe('the task drawer, when things go wrong', () => {
  const browser = useBrowser();
  let gemini: GeminiServer;
  let app: RunningApp;
  let api: Api;
  beforeAll(async () => {
    gemini = await startGeminiServer({
      answer: answerFromStub({ sceneletCount: 3, shotsPerScenelet: 1, branching: 2 }),
    });
    app = await startApp({ worker: true, variables: { GEMINI_API_KEY: 'any', GEMINI_BASE_URL: gemini.baseUrl } });
    api = apiOf(app);
  });
  afterAll(async () => {
    await app?.close();
    await gemini?.close();
  });
  beforeEach(() => gemini.setFault());

  async function openPage(path = '/story') {
    const watched = await browser.open();
    await watched.page.goto(`${app.url}${path}`);
    await isAwake(watched.page);
    return { ...watched, ...taskDrawerOn(watched.page) };
  }

  const run = (storyId: string, task: string, more: { maxCost?: number } = {}) =>
    api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task, ...more } });
  /** Fails at once in a story of which nothing has been made. */
  const fail = (storyId: string) => api.submit({ operation: 'BUILD_PLAYER_BUNDLE', storyId, payload: {} });

  it('tells a failure with its code and what to do, and tries again', async () => {
    gemini.setFault({ fault: 'quota-per-day' });
    const { page, task, toasts } = await openPage();
    const storyId = await api.newStory();
    await run(storyId, 'CREATE_CONSTITUTION');

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
    const storyId = await api.newStory();
    await api.ended(await run(storyId, 'CREATE_CONSTITUTION', { maxCost: 1 }));
    const stopped = await api.ended(await run(storyId, 'CREATE_INTERACTIVE_SCRIPT', { maxCost: 0.008 }));
    expect(stopped).toMatchObject({ status: 'failed', error: { code: 'budget_reached' } });
    expect(stopped.spent.costUsd).toBeGreaterThan(0);
    expect(stopped.spent.costUsd).toBeLessThanOrEqual(0.008);

    const { page, open, drawer, task, faults } = await openPage(`/story/${storyId}`);
    await open();
    const failed = task(/Failed: Create interactive script/);
    const limit = failed.getByRole('textbox', { name: 'Spend at most' });
    await expect.poll(() => limit.inputValue()).toBe('0.016');
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

  it('tells an end once, whatever the number of tabs, and not to those who saw it', async () => {
    const first = await openPage();
    const { page } = first;
    const other = await page.context().newPage();
    await other.goto(`${app.url}/story`);
    await isAwake(other);
    const tabs = [first.toasts, taskDrawerOn(other).toasts];
    const toasts = async () => (await Promise.all(tabs.map((each) => each.allTextContents()))).flat();
    const told = async (words: string) => (await toasts()).filter((toast) => toast.includes(words)).length;

    const storyId = await api.newStory();
    await run(storyId, 'CREATE_CONSTITUTION');
    await expect.poll(() => told('Create constitution: done'), PATIENT).toBe(1);
    // Told later than a second toast about the first task would have been.
    await fail(storyId);
    await expect.poll(() => told('Build the player bundle failed'), PATIENT).toBe(1);
    expect(await told('Create constitution: done')).toBeLessThanOrEqual(1);
    await other.close();

    await page.reload();
    await isAwake(page);
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Seen to its end.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Your story is ready' }).waitFor(PATIENT);
    await fail(storyId);
    await first.toasts.getByText('Build the player bundle failed').waitFor(PATIENT);
    expect(await first.toasts.count()).toBe(1);
  });

  it('puts a failure aside for good', async () => {
    const storyId = await api.newStory();
    await api.ended(await fail(storyId));
    const { page, open, drawer, task } = await openPage(`/story/${storyId}`);
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

  it('stops a task after a question, says so until it has, keeps what was made and continues from there', async () => {
    gemini.setFault({ fault: 'stall', on: 'text', nth: 2 });
    const storyId = await api.newStory('An orchard that keeps the names of all who left.');
    const { page, open, drawer, task } = await openPage(`/story/${storyId}`);
    const taskId = await run(storyId, 'ALL');
    await open();
    await task(/Make everything/)
      .getByRole('button')
      .first()
      .click();
    await task(/Make everything/)
      .getByText('Interactive script')
      .first()
      .waitFor(PATIENT);

    const cancel = drawer.getByRole('button', { name: 'Cancel: Make everything' });
    await cancel.click();
    const question = page.getByRole('alertdialog', { name: 'Cancel “Make everything”?' });
    expect(await violationsOf(page)).toEqual([]);
    await question.getByRole('button', { name: 'Keep it running' }).click();
    await question.waitFor({ state: 'detached' });
    expect((await api.read<TaskDetail>(`/api/story-tasks/${taskId}`)).cancelRequestedAt).toBeNull();

    await whileItStandsStill(app.worker, app.place.database, async () => {
      // As when the worker is killed, only that nobody has to wait for its lease to run out.
      await app.place.database.pool.query('update story_leases set expires_at = now()');
      await task(/Interrupted: Make everything/)
        .getByText('Its worker has stopped.')
        .waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await cancel.click();
      await question.getByRole('button', { name: 'Cancel the task' }).click();
      await drawer.getByText('Stopping at the next opportunity.').waitFor();
      expect(await cancel.count()).toBe(0);
      expect(await violationsOf(page)).toEqual([]);
    });
    const cancelled = task(/Cancelled: Make everything/);
    await cancelled.getByRole('button', { name: 'Run it again' }).click(PATIENT);
    const done = task(/Done: Make everything/);
    await done.waitFor(PATIENT);
    expect(await logLines(done)).toContain('Constitution: nothing is missing.');
  });
});
