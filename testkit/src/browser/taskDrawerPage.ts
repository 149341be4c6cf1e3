import type { Locator, Page } from 'playwright-core';

/** Waits until a page takes clicks and keys: what it has read by itself stands there. */
export async function isAwake(page: Page): Promise<void> {
  const signs = [
    page.getByRole('heading', { name: 'Every story begins' }),
    page.getByRole('list', { name: 'Stories' }).getByRole('listitem'),
    page.getByRole('navigation', { name: 'Parts of the story' }),
  ];
  await signs
    .reduce((any, sign) => any.or(sign))
    .first()
    .waitFor();
}

/** The task drawer as a person uses it. */
export function taskDrawerOn(page: Page) {
  const drawer = page.getByRole('dialog', { name: 'Tasks', exact: true });
  return {
    drawer,
    button: page.getByRole('button', { name: /^Tasks/ }),
    toasts: page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem'),

    async open(): Promise<void> {
      await page.getByRole('button', { name: /^Tasks/ }).click();
      await drawer.waitFor();
    },

    /** The first task with such a line; it begins with how the task stands: "Running: Make everything". */
    task: (line: RegExp) =>
      drawer
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: line }) })
        .first(),

    /** The task with an id, however it stands. */
    row: (taskId: string) => drawer.locator(`[data-task="${taskId}"]`),
  };
}

/** What the log of an opened task says, line by line. */
export function logLines(task: Locator): Promise<string[]> {
  return task.getByRole('region', { name: 'Log lines' }).locator('li [dir="auto"]').allTextContents();
}
