import process from 'node:process';
import { readEnvironment } from '@story-tree/runtime';
import { runCommandLine } from './commandLine.ts';
import { interruptible } from './interrupt.ts';

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
  });
} finally {
  interrupt.stop();
}
