import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Conventional exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;
/** However it goes with the stopping, the process has ended by then, in milliseconds. */
const DEADLINE_MS = 4_600;

/** The first signal aborts, so that everything stops cleanly; the second leaves at once. */
export function stopSignals(onStop: () => void): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    onStop();
    controller.abort();
    setTimeout(() => process.exit(), DEADLINE_MS).unref();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return controller.signal;
}
