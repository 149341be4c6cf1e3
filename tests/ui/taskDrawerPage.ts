import type { Locator, Page } from 'playwright-core';

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
  };
}

/** What the log of an opened task says, line by line. */
export function logLines(task: Locator): Promise<string[]> {
  return task.getByRole('region', { name: 'Lines of the log' }).locator('li [dir="auto"]').allTextContents();
}
