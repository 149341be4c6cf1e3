import process from 'node:process';
import { StoryTreeError } from '@story-tree/domain/errors';
import { runCommandLine } from './commandLine.ts';
import { typedIn } from './invocation.ts';

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
    // Loaded by commands that need it: to say how a command is used takes no configuration.
    readConfiguration: async () => (await import('@story-tree/runtime/configuration')).readConfiguration(),
    // biome-ignore lint/style/noProcessEnv: npm says there where a command was typed
    folder: typedIn(process.env, process.cwd()),
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
    controller.abort(new StoryTreeError('cancelled', 'Stopped. What was finished is kept.'));
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
