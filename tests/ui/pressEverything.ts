import { isAwake } from '@story-tree/testkit/browser/taskDrawerPage.ts';
import type { Page } from 'playwright-core';

/**
 * Presses, on each of these pages, every button and those of the menus and windows that open.
 * @param tabs also goes to the other tabs of each page
 * @param spared the names of buttons that are not pressed
 * @returns which changes the pages then asked for, as in `POST /api/story-tasks`; none of them reaches the server
 */
export async function changesAskedFor(
  page: Page,
  addresses: readonly string[],
  { tabs = false, spared = [] }: { tabs?: boolean; spared?: readonly string[] } = {},
): Promise<string[]> {
  const asked = new Set<string>();
  await page.route('**/api/**', async (route) => {
    const request = route.request();
    if (request.method() === 'GET') return await route.fallback();
    asked.add(`${request.method()} ${new URL(request.url()).pathname.replace(/[\da-f-]{36}/, '<task>')}`);
    await route.abort();
  });
  for (const address of addresses) {
    await page.goto(address);
    await isAwake(page);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.evaluate(`${PRESS_ALL}(${tabs}, ${JSON.stringify(['Sign out', ...spared])})`);
  }
  await page.unroute('**/api/**');
  return [...asked].sort();
}

/**
 * Runs in the page. Buttons of one name are pressed once in each window, those that leave it last. What is being loaded
 * comes late: there is nothing more to press only when that has been so for some frames.
 */
const PRESS_ALL = `(async (withTabs, spared) => {
  const WINDOWS = '[role=menu], [role=dialog], [role=alertdialog]';
  const BUTTONS = 'button, [role=menuitem], [role=button]';
  const TABS = 'nav[aria-label="Parts of the story"] a';
  const LEAVING = /^(Cancel|Close|Keep it running)$/;
  const pressed = new Set(spared.map((name) => '/' + name));
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const nameOf = (choice) => (choice.getAttribute('aria-label') ?? choice.textContent).trim();
  const isSeen = (element) => element.checkVisibility();
  const front = () => [...document.querySelectorAll(WINDOWS)].filter(isSeen).at(-1);

  function next() {
    const place = front();
    const all = [...(place ?? document.body).querySelectorAll(BUTTONS)];
    const isLast = (choice) => place && LEAVING.test(nameOf(choice));
    return [...all.filter((choice) => !isLast(choice)), ...all.filter(isLast)].find((choice) => {
      if (!isSeen(choice) || choice.matches(':disabled, [aria-disabled=true], [data-disabled]')) return false;
      const key = (place?.textContent.slice(0, 40) ?? '') + '/' + nameOf(choice);
      return !pressed.has(key) && pressed.add(key);
    });
  }

  async function pressHere() {
    for (let idle = 0; idle < 6; await drawn()) {
      const choice = next();
      choice?.focus();
      choice?.click();
      idle = choice || document.body.textContent.includes('is loading.') ? 0 : idle + 1;
      if (idle !== 3 || !front()) continue;
      const escape = { key: 'Escape', bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', escape));
    }
  }

  await pressHere();
  for (const { pathname } of withTabs ? [...document.querySelectorAll(TABS)] : []) {
    const tab = [...document.querySelectorAll(TABS)].find((link) => link.pathname === pathname);
    tab.click();
    while (location.pathname !== pathname) await drawn();
    await pressHere();
  }
})`;
