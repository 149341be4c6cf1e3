import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How long a part that was told to stop may take before it is killed. */
const STOP_MS = 4_000;
const LAST_WORDS_MS = 500;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A part that has run for this long was healthy, whatever came before. */
const HEALTHY_MS = 60_000;
const GUARD = new URL('./partGuard.ts', import.meta.url).href;

/** One of the programs that make up Story Tree. */
export interface Part {
  /** In front of what it says. */
  name: string;
  /** As a sentence begins with it. */
  title: string;
  /** The file that Node runs. */
  script: string | URL;
  /** What the script is given on its command line; nothing without. */
  args?: readonly string[];
  /** The environment that it runs in; asked before each start. */
  environment(): NodeJS.ProcessEnv;
}

/** How a part came to its end. */
export interface PartExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What a supervisor wants to hear of a part. */
export interface PartListener {
  /** `stream` is where the part has written it. */
  line(part: Part, line: string, stream: 'stdout' | 'stderr'): void;
  message(part: Part, message: unknown): void;
  /**
   * Called when a part has ended without being told to.
   * @throws when it should not be started again
   */
  ended(part: Part, exit: PartExit): void;
  restarting(part: Part, exit: PartExit, delayMs: number): void;
}

/**
 * Keeps a part running until the signal aborts, and then stops it.
 * @throws what {@link PartListener.ended} throws
 */
export async function keepRunning(part: Part, listener: PartListener, signal: AbortSignal): Promise<void> {
  let delayMs = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const exit = await runOnce(part, listener, signal);
    if (signal.aborted) return;
    listener.ended(part, exit);
    delayMs = restartDelay(delayMs, performance.now() - startedAt);
    listener.restarting(part, exit, delayMs);
    await sleep(delayMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * How long to wait before a part is started again, in milliseconds: doubling, until it has run well for a minute.
 * @param previousMs the wait before its last start; 0 when it was the first
 * @param ranMs how long it ran
 */
export function restartDelay(previousMs: number, ranMs: number): number {
  if (previousMs === 0 || ranMs >= HEALTHY_MS) return FIRST_DELAY_MS;
  return Math.min(previousMs * 2, LONGEST_DELAY_MS);
}

async function runOnce(part: Part, listener: PartListener, signal: AbortSignal): Promise<PartExit> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', GUARD, pathOf(part.script), ...(part.args ?? [])],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: part.environment(),
    },
  );
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input !== null) createInterface({ input }).on('line', (line) => listener.line(part, line, stream));
  }
  child.on('message', (message) => listener.message(part, message));
  const stop = () => stopChild(child);
  signal.addEventListener('abort', stop);
  try {
    return await exitOf(child);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function exitOf(child: ChildProcess): Promise<PartExit> {
  return new Promise((resolve) => {
    // Its last words come first, unless somebody else keeps the pipe open.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('exit', (code, signal) => setTimeout(resolve, LAST_WORDS_MS, { code, signal }).unref());
    // It could not even be started, for want of memory or processes; that may pass.
    child.on('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
}

function stopChild(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.once('exit', () => clearTimeout(timer));
}

function pathOf(script: string | URL): string {
  return typeof script === 'string' ? script : fileURLToPath(script);
}
