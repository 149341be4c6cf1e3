import type { Locator, Page } from 'playwright-core';

/** The storyboard of a story as a person finds it. */
export function storyboardOn(page: Page, url: string, storyId: string) {
  const card = (label: string) => page.locator(`[data-scenelet="scenelet-${label}"]`);
  const activeLine = page.locator('[role=treeitem][tabindex="0"]');
  return {
    page,
    card,
    cards: page.locator('[data-scenelet]'),
    activeLine,
    panel: page.locator('[data-panel]'),
    canvas: page.locator('.react-flow'),
    viewport: page.locator('.react-flow__viewport'),

    async open(query = ''): Promise<void> {
      await page.goto(`${url}/story/${storyId}/storyboard${query}`);
      await page.locator('.react-flow__node, [data-structure]').first().waitFor();
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
