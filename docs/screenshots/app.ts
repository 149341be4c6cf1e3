import { startApp } from '@story-tree/testkit/programs/app.ts';
import type { Workplace } from '@story-tree/testkit/programs/cli.ts';
import { startSupabaseServer } from '@story-tree/testkit/supabase/supabaseServer.ts';
import type { Browser, Page } from 'playwright-core';
import { photograph } from './camera.ts';

const THEMES = ['light', 'dark'] as const;

const VIEWPORT = { width: 1280, height: 800 };
const SCALE = 0.75;

/** Milliseconds until all movement on the page has stopped. */
const REST_MS = 1_200;

/** Brings a page into view. */
type View = (page: Page, url: string, storyId: string) => Promise<void>;

const VIEWS: Readonly<Record<string, View>> = {
  stories: async (page, url) => {
    await page.goto(`${url}/story`);
    await page.getByRole('list', { name: 'Stories' }).getByRole('listitem').first().waitFor();
  },
  'new-story': async (page, url) => {
    await VIEWS.stories?.(page, url, '');
    await page.getByRole('button', { name: 'New story' }).click();
    await page.getByRole('textbox', { name: 'Prompt' }).fill('A lighthouse keeper finds a door in the sea.');
  },
  constitution: tab('constitution', (page) => page.getByText('Version 2', { exact: true })),
  script: tab('script', (page) => page.getByRole('link', { name: 'scenelet-1' }).first()),
  storyboard: async (page, url, storyId) => {
    await tab('storyboard', () => page.locator('[data-scenelet]').first())(page, url, storyId);
    await page.getByRole('button', { name: 'Fit the whole story' }).click();
  },
  visual: tab('visual', (page) => page.getByRole('heading', { name: 'Aesthetic' })),
  audio: tab('audio', (page) => page.getByRole('heading', { name: 'Sonic identity' })),
  shots: tab('shots', (page) => page.getByRole('heading', { name: 'Shot 1' }).first()),
  player: tab('player', (page) => page.frameLocator('iframe').getByRole('button', { name: 'Begin', exact: true })),
  costs: tab('costs', (page) => page.getByText('Model calls')),
  chat: async (page, url, storyId) => {
    await VIEWS.constitution?.(page, url, storyId);
    await page.keyboard.press('c');
    await page.getByRole('list', { name: 'Conversation' }).locator('> li').first().waitFor();
  },
  tasks: async (page, url, storyId) => {
    await VIEWS.storyboard?.(page, url, storyId);
    await page.getByRole('button', { name: /^Tasks/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Tasks', exact: true });
    await drawer.getByRole('article').filter({ hasText: 'Create story' }).getByRole('button').first().click();
    await drawer.getByRole('region', { name: 'Log lines' }).getByRole('listitem').first().waitFor();
  },
};

function tab(name: string, sign: (page: Page) => ReturnType<Page['locator']>): View {
  return async (page, url, storyId) => {
    await page.goto(`${url}/story/${storyId}/${name}`);
    await sign(page).waitFor();
  };
}

/** Takes every page of the running app in both themes. The story must be complete and have a chat. */
export async function photographApp(browser: Browser, url: string, storyId: string): Promise<void> {
  await inBothThemes(browser, Object.keys(VIEWS), (page, name) => VIEWS[name]?.(page, url, storyId));
}

/** Takes the sign-in page, which exists only in an app with accounts. */
export async function photographSignIn(browser: Browser, place: Workplace): Promise<void> {
  const supabase = await startSupabaseServer([], place.database);
  const app = await startApp({
    place,
    variables: {
      SUPABASE_URL: supabase.url,
      SUPABASE_PUBLISHABLE_KEY: 'publishable',
      SUPABASE_JWT_SECRET: supabase.secret,
    },
  });
  try {
    await inBothThemes(browser, ['sign-in'], async (page) => {
      await page.goto(`${app.url}/story`);
      await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    });
  } finally {
    await app.close();
    await supabase.close();
  }
}

async function inBothThemes(
  browser: Browser,
  names: readonly string[],
  show: (page: Page, name: string) => Promise<void> | undefined,
): Promise<void> {
  for (const colorScheme of THEMES) {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      deviceScaleFactor: SCALE,
      colorScheme,
      reducedMotion: 'reduce',
    });
    for (const name of names) {
      const page = await context.newPage();
      await show(page, name);
      await dismissDemoBanner(page);
      await page.waitForTimeout(REST_MS);
      await photograph(page, `app/${name}-${colorScheme}`);
      await page.close();
    }
    await context.close();
  }
}

/** The banner would take space from what the pictures are meant to show. */
async function dismissDemoBanner(page: Page): Promise<void> {
  const dismiss = page.getByRole('complementary', { name: 'Demo mode' }).getByRole('button', { name: 'Dismiss' });
  if (await dismiss.isVisible()) await dismiss.click();
}
