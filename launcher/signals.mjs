import { spawn } from 'node:child_process';

/**
 * How long signals of one kind count as one. A Ctrl-C reaches the launcher twice, from the terminal and passed on by
 * npm; somebody who means it a second time presses the key later than this.
 */
const ONE_SIGNAL_MS = 300;

/** @type {readonly NodeJS.Signals[]} */
const RELAYED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Sees to it that a child gets every signal that is sent to the launcher exactly once.
 *
 * A terminal signals the whole process group, the child included, while `kill` signals the launcher alone, and a
 * signal does not tell which of the two it was. So a canary sits in the group: when the signal took it too, the child
 * has its own copy; when it did not, the launcher passes the signal on.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} Ends the relaying
 */
export function relaySignals(child) {
  // A Windows console tells every process itself, and there is no group to watch.
  const canary = process.platform === 'win32' ? undefined : watchGroup();
  /** @type {Map<NodeJS.Signals, NodeJS.Timeout>} */
  const pending = new Map();

  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    if (pending.has(signal)) return;
    const decide = () => {
      pending.delete(signal);
      if (canary !== undefined && !canary.wasTakenBy(signal)) child.kill(signal);
    };
    pending.set(signal, setTimeout(decide, ONE_SIGNAL_MS));
  };

  for (const signal of RELAYED) process.on(signal, onSignal);
  return () => {
    for (const signal of RELAYED) process.off(signal, onSignal);
    for (const timer of pending.values()) clearTimeout(timer);
    canary?.stop();
  };
}

/**
 * Keeps a process in our group that does nothing but die of the signals that the group gets. It reads from a pipe of
 * ours, so it also ends when the launcher is killed.
 */
function watchGroup() {
  /** @type {Set<NodeJS.Signals>} */
  const taken = new Set();
  let stopped = false;
  let canary = start();

  function start() {
    const process_ = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
    process_.once('error', () => {});
    process_.stdin.once('error', () => {});
    process_.once('exit', (_code, signal) => {
      if (stopped || signal === null) return;
      taken.add(signal);
      canary = start();
    });
    return process_;
  }

  return {
    /** @param {NodeJS.Signals} signal */
    wasTakenBy: (signal) => taken.delete(signal),
    stop: () => {
      stopped = true;
      canary.kill('SIGKILL');
    },
  };
}
