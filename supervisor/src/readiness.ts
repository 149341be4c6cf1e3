import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 250;
const ANSWER_WITHIN_MS = 2_000;
/** When to say what is waited for, in milliseconds. */
const LONG_MS = 15_000;

export interface Waiting {
  /** Where the app listens now: it may have to move before it is ready. */
  url(): string;
  signal: AbortSignal;
  /** Called once, with a sentence, when it takes long. */
  onLong(sentence: string): void;
}

/** Waits until app, database and worker all say that they work. @returns false when the signal aborted before */
export async function untilReady({ url, signal, onLong }: Waiting): Promise<boolean> {
  const begun = performance.now();
  let told = false;
  while (!signal.aborted) {
    const health = await askHealth(url(), signal);
    if (health === 'ready') return true;
    if (!told && performance.now() - begun > LONG_MS) {
      told = true;
      onLong(`Still waiting: ${health}.`);
    }
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** What the app says of itself: that it is ready, or what is missing. */
async function askHealth(url: string, signal: AbortSignal): Promise<string> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const response = await fetch(`${url}/api/health?ready`, { signal: within });
    const health: unknown = await response.json();
    return response.ok ? 'ready' : missingPart(health);
  } catch {
    return 'the web app does not answer yet';
  }
}

function missingPart(health: unknown): string {
  if (typeof health !== 'object' || health === null) return 'the web app is not ready';
  if ('database' in health && health.database !== true) return 'the database does not answer';
  if ('queue' in health && health.queue !== true) return 'the queue does not answer';
  return 'no worker takes tasks yet';
}
