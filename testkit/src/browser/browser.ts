import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ownEnvironment } from '../programs/processEnvironment.ts';
import { shared } from '../shared.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page of a test is closed again before code that has been optimized saves what optimizing it cost.
  '--js-flags=--no-opt --no-maglev',
];

/** Not everything that a page's policy forbids is an error in the console: what is tried and given up is none. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  console.error('forbidden by ' + effectiveDirective + ': ' + blockedURI + ' ' + sample))`;

/** A page together with what went wrong in it: errors, what its policy forbade, and dialogs that opened. */
interface WatchedPage {
  page: Page;
  faults: string[];
}

/** Hands out watched pages. */
interface TestBrowser {
  /** A page in a fresh profile that is closed after its test. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  /**
   * The one page that the tests of the file hand on to each other, for those that go by themselves to where they begin:
   * it is where the last one left it, or blank. A test that fails hands on nothing.
   */
  keep(): Promise<WatchedPage>;
}

const sharedBrowser = shared(
  async () => {
    const executablePath = chromiumPath();
    return executablePath === null ? undefined : await chromium.launch({ executablePath, args: QUIET });
  },
  async (browser) => browser?.close(),
);

/**
 * The system's browser for the tests of a file, the same for all files of a process. Without one they are skipped with a
 * line that says what to install; where `CI` is set that is a failure.
 * @param keptOptions of the page that is handed on
 */
export function useBrowser(keptOptions: BrowserContextOptions = {}): TestBrowser {
  let browser: Browser | undefined;
  let kept: WatchedPage | undefined;
  beforeAll(async () => {
    browser = await sharedBrowser();
  });
  beforeEach((context) => {
    if (!browser && !ownEnvironment().CI) context.skip(NO_CHROMIUM);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') kept = undefined;
    await closeAllBut(kept);
  });
  afterAll(async () => {
    kept = undefined;
    await closeAllBut(kept);
  });
  async function closeAllBut(one: WatchedPage | undefined): Promise<void> {
    for (const context of browser?.contexts() ?? []) if (context !== one?.page.context()) await context.close();
  }
  async function open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    if (!browser) throw new Error(NO_CHROMIUM);
    // What moves without end is drawn without end, and everything here is drawn by the processor.
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    await context.addInitScript(TELL_VIOLATIONS);
    const page = await context.newPage();
    return { page, faults: watch(page) };
  }
  return {
    open,
    async keep() {
      kept ??= await open(keptOptions);
      kept.faults.length = 0;
      return kept;
    },
  };
}

function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('dialog', async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return faults;
}
