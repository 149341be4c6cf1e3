import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { apiOf } from '@story-tree/testkit/http/api.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATIENT = { timeout: 60_000 };

/** Records every state of the answer in progress in `window.states`. */
const WATCH = `window.states = [];
new MutationObserver(() => {
  const text = document.querySelector('[role="dialog"] [aria-busy="true"] .prose')?.textContent;
  if (text && text !== window.states.at(-1)) window.states.push(text);
}).observe(document.body, { childList: true, subtree: true, characterData: true });`;

describe('the chat about a constitution', () => {
  const browser = useBrowser();
  let gemini: GeminiServer;
  let app: RunningApp;
  /** Holds the model up in the middle of its answer. */
  let mayGoOn: (event: number) => Promise<void>;
  beforeAll(async () => {
    gemini = await startGeminiServer({ beforeEvent: (number) => mayGoOn(number) });
    // A chat that hangs on purpose keeps no other waiting.
    const variables = { GEMINI_API_KEY: 'any', GEMINI_BASE_URL: gemini.baseUrl, TASK_WORKER_CONCURRENCY: '4' };
    app = await startApp({ worker: true, variables });
  });
  afterAll(async () => {
    await app?.close();
    await gemini?.close();
  });

  const at = (page: Page) => {
    const panel = page.getByRole('dialog', { name: 'Discuss the constitution' });
    return {
      panel,
      field: panel.getByRole('textbox', { name: 'Your message' }),
      exchanges: panel.getByRole('list', { name: 'Conversation' }).locator('> li'),
      changes: (version: number) => panel.getByRole('region', { name: `What changed in version ${version}` }),
    };
  };

  async function openChat(options: Parameters<typeof browser.open>[0] = {}) {
    gemini.setFault();
    mayGoOn = async () => undefined;
    const api = apiOf(app);
    const storyId = await api.newStory('A lamp that remembers ships.');
    const payload = { task: 'CREATE_CONSTITUTION' };
    await api.ended(await api.submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload }));
    const opened = await browser.open(options);
    await opened.page.goto(`${app.url}/story/${storyId}/constitution`);
    await opened.page.getByText('Version 1', { exact: true }).waitFor();
    await opened.page.keyboard.press('c');
    const chat = at(opened.page);
    await chat.panel.waitFor();
    return { ...opened, ...chat };
  }

  it('answers word by word, shows what it changed, and takes it back', async () => {
    const { page, faults, panel, field, exchanges, changes } = await openChat();
    await panel.getByRole('heading', { name: 'Nothing has been said yet' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await panel.getByRole('button', { name: /^Make the tone darker/ }).click();
    expect(await field.inputValue()).toMatch(/^Make the tone darker/);
    await field.fill('Give her a dog called Senta.');
    await page.evaluate(WATCH);
    const states = () => page.evaluate<string[]>('window.states');
    const haveBeenShown = (count: number) =>
      expect.poll(async () => (await states()).length).toBeGreaterThanOrEqual(count);
    // Each event has a few words of the answer: the model goes on when the page has shown more of them.
    mayGoOn = async (event) => {
      if (event === 4) await haveBeenShown(1);
      if (event === 7) await haveBeenShown(2);
    };
    await page.keyboard.press('Enter');

    await changes(2).locator('ins').filter({ hasText: 'Senta' }).waitFor(PATIENT);
    const answer = String(await exchanges.locator('.prose').textContent());
    expect((await states()).length).toBeGreaterThan(1);
    expect((await states()).filter((state) => !answer.startsWith(state))).toEqual([]);
    expect(await field.inputValue()).toBe('');
    expect(await exchanges.count()).toBe(1);
    await page
      .getByRole('status')
      .filter({ hasText: /^Answer: .*Senta/ })
      .waitFor({ state: 'attached' });
    expect(
      await page
        .getByRole('region', { name: /^Notifications/ })
        .getByRole('listitem')
        .count(),
    ).toBe(0);
    expect(await violationsOf(page)).toEqual([]);

    await changes(2).getByRole('button', { name: 'Undo' }).click();
    const question = page.getByRole('alertdialog', { name: 'Undo version 2?' });
    expect(await violationsOf(page)).toEqual([]);
    await question.getByRole('button', { name: 'Restore version 1' }).click();
    await changes(2).getByText('Undone').waitFor();
    await page.getByText('Version 3', { exact: true }).first().waitFor();
    await expect.poll(() => page.locator('#main').getByText('Senta').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('follows the answers of several turns unless one has scrolled up, and knows them after a reload', async () => {
    const { page, panel, field, exchanges, changes } = await openChat({ viewport: { width: 1000, height: 500 } });
    await field.fill('First: a dog.');
    await page.keyboard.press('Enter');
    await changes(2).getByRole('button', { name: 'Undo' }).waitFor(PATIENT);
    await changes(2).locator('ins').first().waitFor();
    const scroller = panel.getByRole('list', { name: 'Conversation' }).locator('xpath=../..');
    const end = () => scroller.evaluate((box) => Math.round(box.scrollHeight - box.clientHeight - box.scrollTop));
    await expect.poll(end).toBeLessThan(24);

    const box = await scroller.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 50, (box?.y ?? 0) + 50);
    await page.mouse.wheel(0, -2_000);
    await expect.poll(() => scroller.evaluate((box) => box.scrollTop)).toBe(0);
    await field.fill('Second: a cat.');
    await page.keyboard.press('Control+Enter');
    await changes(3).getByRole('button', { name: 'Undo' }).waitFor(PATIENT);
    await changes(2).getByText('Followed by version 3').waitFor();
    expect(await scroller.evaluate((box) => box.scrollTop)).toBe(0);

    expect(new URL(page.url()).searchParams.get('chat')).toBe('open');
    await page.reload();
    await changes(3).locator('ins').filter({ hasText: 'a cat' }).waitFor();
    expect(await exchanges.count()).toBe(2);
    await panel.getByText('You: First: a dog.').waitFor({ state: 'attached' });
  });

  it('loses no words: takes no second message while one is answered, can be stopped, and fails in place', async () => {
    const { page, panel, field, exchanges, changes } = await openChat();
    gemini.setFault({ fault: 'stream-stall', afterEvents: 4 });
    await field.fill('Never answered.');
    await page.keyboard.press('Enter');
    await panel.getByText('Writing', { exact: true }).waitFor(PATIENT);
    const words = panel.locator('[aria-busy="true"] .prose');
    await expect.poll(async () => (await words.textContent())?.length).toBeGreaterThan(20);
    await field.fill('And one more');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('And one more');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Discuss', exact: true }).click();
    expect(await field.inputValue()).toBe('And one more');

    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByText('Stopped. The constitution stays as it was.').waitFor(PATIENT);
    expect(await violationsOf(page)).toEqual([]);
    gemini.setFault();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await changes(2).locator('ins').filter({ hasText: 'Never answered.' }).waitFor(PATIENT);
    expect(await field.inputValue()).toBe('And one more');
    const before = await exchanges.count();

    gemini.setFault({ fault: 'safety' });
    await field.fill('Something that a model refuses.');
    await page.keyboard.press('Enter');
    await panel.getByText('model_blocked').waitFor(PATIENT);
    await panel.getByText('Something that a model refuses.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Change the message' }).click();
    expect(await field.inputValue()).toBe('Something that a model refuses.');

    gemini.setFault();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await changes(3).locator('ins').filter({ hasText: 'refuses' }).waitFor(PATIENT);
    expect(await exchanges.count()).toBe(before + 2);
    expect(await panel.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('shows hostile words as the words they are, on a phone, in the dark', async () => {
    const { page, faults, panel, field, exchanges, changes } = await openChat({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    const hostile = `<script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202eשלום 🦉 ${'w'.repeat(100)}`;
    await field.fill(hostile);
    await panel.getByRole('button', { name: 'Send' }).click();
    await changes(2).locator('ins').filter({ hasText: 'alert(1)' }).waitFor(PATIENT);
    await exchanges.getByText(`You: ${hostile}`, { exact: true }).waitFor();
    expect(await panel.locator('script, a[href^="javascript"]').count()).toBe(0);
    expect(await panel.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
