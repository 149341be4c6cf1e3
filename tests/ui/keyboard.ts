import type { Locator, Page } from 'playwright-core';

const MOST_STEPS = 200;

/**
 * Presses the Tab key until the focus is on something, as a person without a mouse does.
 * @throws Error when it is not to be reached in that way
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab leads to ${target.toString()}.`);
}

/** Goes to a button, a link or a menu, and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes down an open menu to an item, and presses Enter. */
export async function chooseItem(page: Page, item: Locator): Promise<void> {
  await item.waitFor();
  for (let step = 0; step < MOST_STEPS && !(await hasFocus(item)); step += 1) await page.keyboard.press('ArrowDown');
  if (!(await hasFocus(item))) throw new Error(`No arrow leads to ${item.toString()}.`);
  await page.keyboard.press('Enter');
}

/** Within a frame, an element keeps the focus of its document while the focus is elsewhere. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((it) => it === it.ownerDocument.activeElement && it.ownerDocument.hasFocus());
}
