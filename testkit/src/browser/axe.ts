import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Whether anything still moves that will come to rest. */
const MOVING = `document.getAnimations().some((one) =>
  one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity)`;

/** What axe finds wrong with a page as it is now, one line for each rule and place. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Half faded in, a window has less contrast than it will have.
  while (await page.evaluate(MOVING)) await sleep(20);
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  return (await page.evaluate(
    'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))',
  )) as string[];
}
