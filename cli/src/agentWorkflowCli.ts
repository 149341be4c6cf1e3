import process from 'node:process';
import { StoryTreeError } from '@story-tree/domain';
import { readEnvironment } from '@story-tree/runtime';
import { runCommandLine } from './commandLine.ts';

/** Conventional exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;
const DATABASE_WAIT_MS = 15_000;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may leave before the end.
  if (error.code !== 'EPIPE') throw error;
});

const { stdout, stderr } = process;
const interrupt = interruptible();
try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    readEnvironment,
    stdout,
    stderr,
    signal: interrupt.signal,
    waitMs: DATABASE_WAIT_MS,
  });
  // What was given up, such as a connection to a server that does not answer, would hold the process open.
  if (interrupt.signal.aborted) process.exit();
} finally {
  interrupt.stop();
}

/** The first SIGINT or SIGTERM aborts the signal, so that work stops cleanly; the second leaves at once. */
function interruptible(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write('\nStopping. Press Ctrl-C again to leave at once.\n');
    controller.abort(
      new StoryTreeError(
        'cancelled',
        'Stopped. What was finished is kept; run the same command with --story-id to continue.',
      ),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
