import { gzipSync } from 'node:zlib';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, startApp } from '@story-tree/testkit/programs/app.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const PHONE = { width: 390, height: 844 };

/** First-load JavaScript of the list, compressed. */
const SCRIPT_LIMIT = 250_000;

describe('the list of stories', () => {
  const browser = useBrowser();
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ worker: true, variables: SMALL_STORIES });
  });
  afterAll(() => app?.close());
  beforeEach(() => clearShelf());

  const dialog = (page: Page) => page.getByRole('dialog');
  const cards = (page: Page) => page.getByRole('list', { name: 'Stories' }).getByRole('listitem');

  /** Waits for the worker to be idle: the rows that it writes are locked. */
  async function clearShelf(): Promise<void> {
    const { pool } = app.place.database;
    const active = 'select from public.story_tasks where finished_at is null';
    await expect.poll(async () => (await pool.query(active)).rowCount, { timeout: 60_000 }).toBe(0);
    await pool.query('truncate public.stories cascade');
  }

  async function openList(options?: Parameters<typeof browser.open>[0], search = '') {
    const opened = await browser.open(options);
    await opened.page.goto(`${app.url}/story${search}`);
    // What comes from the server shows that the page is awake.
    await opened.page.getByRole('heading', { name: 'Every story begins' }).or(cards(opened.page).first()).waitFor();
    return opened;
  }

  /** Makes a story without any generation, as a program would. */
  async function store(prompt: string, displayName?: string): Promise<void> {
    const response = await fetch(`${app.url}/api/story-tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'CREATE_STORY', payload: { prompt, displayName } }),
    });
    expect(response.status).toBe(202);
  }

  it('grows from nothing to a story that can be played, watched live, at night', async () => {
    const { page, faults } = await openList({ colorScheme: 'dark' });
    await page.getByRole('heading', { name: 'Every story begins with a sentence' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.keyboard.press('n');
    await dialog(page).getByRole('textbox', { name: 'Prompt' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await dialog(page)
      .getByRole('region', { name: 'Estimate' })
      .getByText(/\d+ model calls, free of charge/)
      .waitFor();
    await page.keyboard.type('A lighthouse that moved.');
    await page.keyboard.press('Control+Enter');

    await dialog(page).getByRole('progressbar').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await dialog(page).getByRole('heading', { name: 'Your story is ready' }).waitFor({ timeout: 60_000 });
    expect(await dialog(page).getByRole('listitem').count()).toBeGreaterThan(3);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });

    await cards(page).getByText('Ready to play').waitFor();
    expect(await cards(page).count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('says beside the field what is wrong with a new story, and begins it once nothing is', async () => {
    const { page } = await openList();
    await page.getByRole('button', { name: 'New story' }).click();
    const prompt = dialog(page).getByRole('textbox', { name: 'Prompt' });
    await dialog(page).getByRole('button', { name: 'Begin the story' }).click();
    await dialog(page).getByText('Say what the story is about').waitFor();
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');

    await prompt.fill('long '.repeat(5_000));
    await dialog(page).getByRole('button', { name: 'Begin the story' }).click();
    await expect.poll(() => prompt.getAttribute('aria-invalid')).toBe('true');
    expect(await violationsOf(page)).toEqual([]);

    await prompt.fill('Short enough.');
    await dialog(page).getByText('Name, language, audience, length and limit').click();
    await dialog(page).getByRole('textbox', { name: 'Name' }).fill('x'.repeat(201));
    await dialog(page).getByRole('button', { name: 'Begin the story' }).click();
    await expect
      .poll(() => dialog(page).getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid'))
      .toBe('true');
    expect(await cards(page).count()).toBe(0);

    await dialog(page).getByRole('textbox', { name: 'Name' }).fill('');
    const limit = dialog(page).getByRole('textbox', { name: 'Spend at most' });
    await limit.fill('much');
    await dialog(page).getByText('Enter an amount above 0').waitFor();
    expect(await limit.getAttribute('aria-invalid')).toBe('true');
    await dialog(page).getByRole('button', { name: 'Begin the story' }).click();
    expect(await cards(page).count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await limit.fill('');
    await dialog(page).getByRole('switch', { name: 'Write the constitution' }).click();
    await dialog(page).getByText('The story is set up with its prompt').waitFor();
    await dialog(page).getByRole('button', { name: 'Begin the story' }).click();
    await dialog(page).getByRole('heading', { name: 'Your story is ready' }).waitFor({ timeout: 60_000 });
  });

  it('begins one story whether its estimate comes or not, also with a double click', async () => {
    const { page } = await openList();
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/estimate?*', async (route) => {
      await answer.promise;
      await route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'No idea.' } } });
    });
    await page.keyboard.press('n');
    const estimate = dialog(page).getByRole('region', { name: 'Estimate' });
    await expect.poll(() => estimate.getAttribute('aria-busy')).toBe('true');
    answer.resolve();
    await estimate.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await dialog(page).getByRole('textbox', { name: 'Prompt' }).fill('Only once, come what may.');
    await dialog(page).getByRole('button', { name: 'Begin the story' }).dblclick();
    await dialog(page).getByRole('heading', { name: 'Your story is ready' }).waitFor({ timeout: 60_000 });

    const { rows } = await app.place.database.pool.query('select id from public.stories');
    expect(rows).toHaveLength(1);
  });

  it('keeps search and order in the address', async () => {
    await store('A dragon serves tea.', 'Tea');
    await store('A train to Orion.', 'Orion');
    await store('Bread with a map in it.', 'Bread');
    const { page } = await openList();
    const names = () => cards(page).getByRole('heading').allTextContents();
    await expect.poll(names).toEqual(['Bread', 'Orion', 'Tea']);

    await page.getByRole('combobox', { name: 'Order' }).selectOption('Oldest first');
    await page.keyboard.press('Tab');
    await page.keyboard.press('/');
    await page.keyboard.type('A ');
    await expect.poll(names).toEqual(['Tea', 'Orion', 'Bread']);
    await page.keyboard.type('orion');
    await expect.poll(names).toEqual(['Orion']);
    expect(new URL(page.url()).search).toBe('?q=A+orion&sort=oldest');

    await page.reload();
    await expect.poll(names).toEqual(['Orion']);
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByRole('button', { name: 'Show all stories' }).click();
    await expect.poll(names).toEqual(['Tea', 'Orion', 'Bread']);
  });

  it('shows hostile text as text, and never becomes wider than a phone', async () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '<script>alert(1)</script>',
      'W'.repeat(199),
      '‮מגדלור 🗼'.repeat(9),
    ];
    for (const text of hostile) await store(`${text} ${text}`, text);
    const { page, faults } = await openList({ viewport: PHONE });
    for (const text of hostile)
      await cards(page)
        .getByRole('heading', { name: text.slice(0, 60) })
        .waitFor();

    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('says what went wrong, and tries again when asked', async () => {
    const { page } = await browser.open();
    const error = { code: 'internal', message: 'The shelf has fallen over.' };
    await page.route('**/api/stories', (route) => route.fulfill({ status: 500, json: { error } }));
    await page.goto(`${app.url}/story`);
    await page.getByRole('alert').getByText('The shelf has fallen over.').waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.unroute('**/api/stories');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Every story begins with a sentence' }).waitFor();
  });

  it('loads little, and comes in the chosen colours from the first byte on', async () => {
    const { page } = await browser.open();
    const sizes: Promise<number>[] = [];
    const measure = (response: Response) => {
      const isScript = new URL(response.url()).pathname.endsWith('.js');
      if (isScript) sizes.push(response.body().then((body) => gzipSync(body).length));
    };
    page.on('response', measure);
    await page.goto(`${app.url}/story`, { waitUntil: 'load' });
    await page.getByRole('heading', { name: 'Every story begins with a sentence' }).waitFor();
    page.off('response', measure);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(SCRIPT_LIMIT);

    const html = async () => (await page.request.get(`${app.url}/story`)).text();
    expect(await html()).not.toContain('data-theme');
    await page.getByRole('button', { name: 'Colours: same as the system' }).click();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');

    expect(await html()).toContain('<html lang="en" data-theme="dark"');
  });
});
