import process from 'node:process';
import { StoryTreeError } from '@story-tree/domain';

/** Conventional exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

/** The first SIGINT or SIGTERM aborts the signal, so that work stops cleanly; the second leaves at once. */
export function interruptible(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write('\nStopping. Press Ctrl-C again to leave at once.\n');
    controller.abort(
      new StoryTreeError('cancelled', 'Stopped. What was finished is kept; the same command with --story-id goes on.'),
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
