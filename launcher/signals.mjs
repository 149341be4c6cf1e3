import { spawn } from 'node:child_process';

/**
 * How long signals of the same kind count as one. A Ctrl-C reaches the launcher twice, from the terminal and through npm;
 * a user who deliberately presses it a second time does so later than this.
 */
const ONE_SIGNAL_MS = 300;
const PARENT_POLL_MS = 500;
const PARENT_AT_START = process.ppid;

/** @type {readonly NodeJS.Signals[]} */
const RELAYED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} Relay
 * @property {(child: import('node:child_process').ChildProcess) => void} to Sets the child, once it is started
 * @property {() => void} end Stops relaying
 */

/**
 * Makes sure that a child gets every signal sent to the launcher exactly once. Call it before the child is started, so
 * that no signal is missed in between.
 *
 * A terminal signals the whole process group, including the child, while `kill` signals the launcher alone, and a signal
 * does not reveal which of the two sent it. So a canary sits in the group: if the signal killed it too, the child has its
 * own copy; if it did not, the launcher passes the signal on.
 *
 * npm can also be killed, or end its shell before the launcher notices. When started by npm, the launcher therefore treats
 * the loss of its parent as a signal to stop; otherwise the child would keep running with nobody in charge.
 * @param {{ byNpm: boolean }} options
 * @returns {Relay}
 */
export function relaySignals({ byNpm }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  // A Windows console signals every process itself, and there is no group to watch.
  const canary = process.platform === 'win32' ? undefined : watchGroup();
  /** @type {Map<NodeJS.Signals, NodeJS.Timeout>} */
  const pending = new Map();
  let stopped = false;

  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    stopped = true;
    if (pending.has(signal)) return;
    const decide = () => {
      pending.delete(signal);
      if (canary !== undefined && !canary.wasTakenBy(signal)) child?.kill(signal);
    };
    pending.set(signal, setTimeout(decide, ONE_SIGNAL_MS));
  };
  const onOrphaned = () => {
    if (!stopped) child?.kill('SIGTERM');
    stopped = true;
  };

  const unlisten = listenForSignals({ byNpm, onSignal, onOrphaned });
  return {
    to: (started) => {
      child = started;
    },
    end: () => {
      unlisten();
      for (const timer of pending.values()) clearTimeout(timer);
      canary?.end();
    },
  };
}

/**
 * @typedef {object} Listener
 * @property {boolean} byNpm Whether npm started the launcher
 * @property {(signal: NodeJS.Signals) => void} onSignal
 * @property {() => void} onOrphaned Called once the npm that started the launcher is gone
 */

/**
 * Listens for whatever tells the launcher to stop.
 * @param {Listener} listener
 * @returns {() => void} Stops listening
 */
export function listenForSignals({ byNpm, onSignal, onOrphaned }) {
  const watchParent = () => {
    if (process.ppid !== PARENT_AT_START) onOrphaned();
  };
  const parentTimer = byNpm ? setInterval(watchParent, PARENT_POLL_MS) : undefined;
  for (const signal of RELAYED) process.on(signal, onSignal);
  return () => {
    for (const signal of RELAYED) process.off(signal, onSignal);
    clearInterval(parentTimer);
  };
}

/**
 * Keeps a process in our group that does nothing but die of the signals that the group gets. It reads from a pipe that we
 * hold, so it also ends when the launcher is killed.
 */
function watchGroup() {
  /** @type {Set<NodeJS.Signals>} */
  const taken = new Set();
  let ended = false;
  let canary = start();

  function start() {
    const process_ = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
    process_.once('error', () => {});
    process_.stdin.once('error', () => {});
    process_.once('exit', (_code, signal) => {
      if (ended || signal === null) return;
      taken.add(signal);
      canary = start();
    });
    return process_;
  }

  return {
    /** @param {NodeJS.Signals} signal */
    wasTakenBy: (signal) => taken.delete(signal),
    end: () => {
      ended = true;
      canary.kill('SIGKILL');
    },
  };
}
