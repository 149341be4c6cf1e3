import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const RECORD = `
  globalThis.shownTexts = new Set();
  new MutationObserver(() => {
    for (const line of document.body?.innerText.split('\\n') ?? []) globalThis.shownTexts.add(line.trim());
  }).observe(document, { childList: true, subtree: true, attributes: true });
`;

/** Sets the product's own speed to its highest, four times. */
export async function speedUp(page: Page): Promise<void> {
  for (let press = 0; press < 12; press++) await page.keyboard.press('>');
  await shows(page, 'Speed 4×');
}

/** Opens a player at its title, sets it to its highest speed and begins; `hasShown` knows what it shows from then on. */
export async function beginFast(page: Page, address: string): Promise<void> {
  await page.addInitScript(RECORD);
  await page.goto(address);
  await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  await speedUp(page);
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
}

/** Opens a player, begins and pauses at once, so that every shot stays until it is left. */
export async function beginPaused(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
}

/** Waits until a line of text has been on the page, if only for a moment, since `beginFast`. */
export async function hasShown(page: Page, text: string): Promise<void> {
  const shown = () => page.evaluate<boolean>(`globalThis.shownTexts.has(${JSON.stringify(text)})`);
  await expect.poll(shown, { timeout: 30_000, message: text }).toBe(true);
}

/** Waits until a text stands on the page for everyone to see. */
export async function shows(page: Page, text: string): Promise<void> {
  await page.getByText(text, { exact: true }).first().waitFor();
}

/** Goes on shot by shot until the choices, or the close, of the scenelet are there. */
export async function skipShots(page: Page, text: string): Promise<void> {
  const wanted = page.getByText(text, { exact: true });
  for (let shots = 0; shots < 20 && !(await wanted.isVisible()); shots++) await page.keyboard.press('ArrowRight');
  await wanted.waitFor();
}

/** The names of the buttons one can see. */
export async function visibleButtons(page: Page): Promise<string[]> {
  const names: string[] = [];
  for (const button of await page.getByRole('button').all()) {
    if (await button.isVisible())
      names.push((await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? '');
  }
  expect(names.length).toBeGreaterThan(0);
  return names;
}
