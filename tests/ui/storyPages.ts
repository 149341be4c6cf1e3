import { jsonOf, runCli, type Variables, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A small synthetic story with one choice; for the worker as well, so that what it regenerates fits. */
export const SMALL_STORY: Variables = { STUB_SCENELETS: '7', STUB_SHOTS_PER_SCENELET: '1', STUB_BRANCHING: '2' };

/** The tabs of a story's page, with something that each shows of a story that is complete. */
const TABS = {
  constitution: (page: Page) => page.getByRole('button', { name: 'Rewrite' }),
  script: (page: Page) => page.getByRole('link', { name: 'scenelet-1' }).first(),
  storyboard: (page: Page) => page.locator('[data-scenelet]').first(),
  visual: (page: Page) => page.getByRole('heading', { name: 'Aesthetic' }),
  audio: (page: Page) => page.getByRole('heading', { name: 'Sonic identity' }),
  shots: (page: Page) => page.getByRole('heading', { name: 'Shot 1' }).first(),
  player: (page: Page) => page.frameLocator('iframe').getByRole('button', { name: 'Begin', exact: true }),
  costs: (page: Page) => page.getByText('Model calls'),
} as const;

export type TabName = keyof typeof TABS;

const titleOf = (tab: TabName) => tab.charAt(0).toUpperCase() + tab.slice(1);

export const TAB_NAMES = Object.keys(TABS) as TabName[];

/** Makes a small story as far as the arguments say; the whole of it without. Returns its id. */
export async function makeStory({ variables }: Workplace, ...more: string[]): Promise<string> {
  return storyOf(['run-all', '--mode', 'stub', '--prompt', 'A lamp that remembers ships.', ...more], variables);
}

/** Sets up a story of which nothing is made. Returns its id. */
export async function makeEmptyStory({ variables }: Workplace): Promise<string> {
  return storyOf(['create', '--mode', 'stub', '--prompt', 'A clockmaker who can hear tomorrow.'], variables);
}

async function storyOf(args: readonly string[], variables: Workplace['variables']): Promise<string> {
  const run = await runCli([...args, '--json'], { ...variables, ...SMALL_STORY });
  expect(run.code, run.stderr).toBe(0);
  return String(jsonOf(run).storyId);
}

/** The page of a story as a person uses it. */
export function storyOn(page: Page, url: string, storyId: string) {
  const tabs = page.getByRole('navigation', { name: 'Parts of the story' });
  return {
    title: page.getByRole('heading', { level: 1 }),
    menuItem: (name: string | RegExp) => page.getByRole('menuitem', { name }),

    /** Opens a tab and waits until its story is there. */
    async open(tab: TabName | '', query = ''): Promise<void> {
      await page.goto(`${url}/story/${storyId}${tab && `/${tab}`}${query}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    },

    /** Goes from the tab that is open to another one by its link. */
    async goTo(tab: TabName): Promise<void> {
      await tabs.getByRole('link', { name: titleOf(tab), exact: true }).click();
      await page.waitForURL(`**/story/${storyId}/${tab}`);
    },

    /** Waits until the tab shows what it is for. */
    shows: (tab: TabName) => TABS[tab](page).waitFor(),

    async openRunMenu(): Promise<void> {
      await page.getByRole('button', { name: 'Run task' }).click();
      await page.getByRole('menuitem', { name: 'Make everything' }).waitFor();
    },

    async choose(menu: 'More', item: RegExp): Promise<void> {
      await page.getByRole('button', { name: menu, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    },

    /** Waits until no task holds the story any more. */
    async isFree(): Promise<void> {
      await page.getByRole('region', { name: 'Task in progress' }).waitFor({ state: 'detached' });
    },
  };
}

/** Whether all of the page fits the screen from side to side. */
export async function fitsTheScreen(page: Page): Promise<boolean> {
  return await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
}
