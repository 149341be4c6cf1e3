import { storyTreeErrorOf } from './http/errorReply.ts';
import type { Logger } from './log.ts';
import { severityOf } from './severity.ts';

/** How often an outage is told while every request runs into it, in milliseconds. */
const AGAIN_MS = 60_000;

/** Writes down what kept requests from being answered: every unexpected error, and of each kind of outage one a minute. */
export function createErrorLog(log: Logger): (thrown: unknown) => void {
  const toldAt = new Map<string, number>();

  return (thrown) => {
    const { level, fields } = severityOf(thrown);
    const { code, message } = storyTreeErrorOf(thrown);
    if (level === 'error') return log.error(fields, 'A request failed unexpectedly.');
    if (level === 'debug') return log.debug(fields, 'A request was refused.');
    const now = performance.now();
    if (now < (toldAt.get(code) ?? Number.NEGATIVE_INFINITY) + AGAIN_MS) return;
    toldAt.set(code, now);
    log.warn(fields, message);
  };
}
