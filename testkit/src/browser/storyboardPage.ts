import type { Locator, Page } from 'playwright-core';

/** The storyboard of a story as a person finds it. */
export function storyboardOn(page: Page, url: string, storyId: string) {
  const card = (label: string) => page.locator(`[data-scenelet="scenelet-${label}"]`);
  const activeLine = page.locator('[role=treeitem][tabindex="0"]');
  const canvas = page.locator('.react-flow');
  const panel = page.locator('[data-panel]');
  const tabs = page.getByRole('navigation', { name: 'Parts of the story' });

  async function isShown(): Promise<void> {
    await page.locator('.react-flow__node, [data-structure]').first().waitFor();
  }
  async function open(query = ''): Promise<void> {
    await page.goto(`${url}/story/${storyId}/storyboard${query}`);
    await isShown();
  }
  return {
    page,
    card,
    cards: page.locator('[data-scenelet]'),
    activeLine,
    panel,
    canvas,
    viewport: page.locator('.react-flow__viewport'),

    /** Loads it from its address. */
    open,

    /** Comes to it from another tab, so that it is as it is at first. Loads it where no tab of the story is open. */
    async enter(): Promise<void> {
      if (!(await tabs.isVisible())) return await open();
      await tabs.getByRole('link', { name: 'Costs' }).click();
      await canvas.waitFor({ state: 'detached' });
      await tabs.getByRole('link', { name: 'Storyboard' }).click();
      await isShown();
    },

    /** Finds a scenelet and opens its panel. */
    async read(label: string): Promise<void> {
      await page.keyboard.press('f');
      await page.getByRole('combobox', { name: 'Find a scenelet' }).fill(label);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await panel.getByRole('heading', { name: `scenelet-${label}` }).waitFor();
    },

    /** Presses keys one after the other. */
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key);
    },

    /** Gives the keys to the scenelet one is at. */
    async takeKeys(): Promise<void> {
      await activeLine.focus();
    },

    /** Waits until an element has the focus. */
    async hasKeys(element: Locator): Promise<void> {
      await element.and(page.locator(':focus')).waitFor({ state: 'attached' });
    },

    /** Waits until one is at the scenelet, in the outline and, where it is near enough, on the canvas. */
    async isAt(label: string): Promise<void> {
      await page
        .locator(`[role=treeitem][tabindex="0"][data-label="scenelet-${label}"]`)
        .waitFor({ state: 'attached' });
    },

    /** Waits for the level of detail. */
    async shows(level: 'structure' | 'title' | 'card'): Promise<void> {
      await page.locator(`.react-flow[data-level="${level}"]`).waitFor();
    },

    /** The scenelet that the address names. */
    named: () => new URL(page.url()).searchParams.get('scenelet'),
  };
}
