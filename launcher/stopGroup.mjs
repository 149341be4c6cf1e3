import { listenForSignals } from './signals.mjs';

/** How long a program may take to stop after it was told to. */
const GRACE_MS = 3_000;

/**
 * Whether a program gets a process group of its own. It can be stopped as a whole then, with everything that it has
 * started, and no signal of a terminal reaches it but through the launcher. Windows has no such groups.
 */
export const HAS_GROUP = process.platform !== 'win32';

/**
 * @typedef {object} Stopping
 * @property {(child: import('node:child_process').ChildProcess) => void} of Sets the program, started with `detached: HAS_GROUP`
 * @property {() => boolean} wasStopped Whether the launcher was told to stop
 * @property {() => void} end Stops listening
 */

/**
 * Stops a program and everything that it has started when the launcher is told to stop, and kills what does not end in
 * time. Call it before the program is started, so that no signal is missed in between.
 * @param {{ byNpm: boolean, onStop: () => void, graceMs?: number }} options `onStop` is called once, at the first signal
 * @returns {Stopping}
 */
export function stopGroupOnSignal({ byNpm, onStop, graceMs = GRACE_MS }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const kill = () => {
    signalGroup(child, 'SIGKILL');
    // What has left the group may still hold the pipes; nobody waits for it.
    child?.stdout?.destroy();
    child?.stderr?.destroy();
  };
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    if (timer !== undefined) return;
    timer = setTimeout(kill, graceMs);
    onStop();
    signalGroup(child, signal);
  };
  const unlisten = listenForSignals({ byNpm, onSignal: stop, onOrphaned: () => stop('SIGTERM') });
  return {
    of: (started) => {
      child = started;
    },
    wasStopped: () => timer !== undefined,
    end: () => {
      unlisten();
      clearTimeout(timer);
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess | undefined} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child?.pid === undefined) return;
  try {
    if (HAS_GROUP) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Everything in it has ended.
  }
}
