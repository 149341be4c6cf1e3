import process from 'node:process';
import { StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import { readEnvironment } from '@story-tree/runtime';
import { type Command, CommanderError } from 'commander';
import { type CommandResult, complain, exitCode, jsonResult, print } from './output.ts';
import { createProgram } from './program.ts';
import { createReporter } from './reporter.ts';
import { withSession } from './session.ts';

/** Conventional exit code of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

/** The command line: reads arguments and environment, runs one command, and leaves with its exit code. */
async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const verbose = args.includes('--verbose');
  const reporter = createReporter({ stream: process.stderr, verbose });
  const interrupt = interruptible();
  const result: CommandResult = {};
  let exit = 0;

  const fail = (thrown: unknown): number => {
    const error = toStoryTreeError(thrown);
    reporter.close();
    complain(error.message);
    if (verbose) complain(describe(thrown));
    if (json) print(jsonResult(result, error));
    return exitCode(error);
  };

  try {
    const environment = readEnvironment();
    const program = createProgram({
      environment,
      withSession: (work) => withSession({ environment, reporter, signal: interrupt.signal }, work),
      async report(run) {
        const { failure, lines, ...outcome } = await run(result);
        reporter.close();
        print(json ? jsonResult({ ...result, ...outcome.result }, failure?.error) : lines.join('\n'));
        exit = failure?.exit ?? 0;
      },
    });
    throwInsteadOfExit(program, json);
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Help ends up here as well, with nothing wrong.
      return thrown.exitCode === 0 ? 0 : fail(new StoryTreeError('usage', sentence(thrown)));
    }
    return fail(thrown);
  } finally {
    interrupt.stop();
  }
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

/** Commander would leave the process itself, before the JSON is printed. */
function throwInsteadOfExit(command: Command, json: boolean): void {
  command.exitOverride();
  command.configureOutput({
    // We report what is wrong ourselves, once; with --json, stdout is for the one object alone.
    writeErr: () => undefined,
    writeOut: (text) => (json ? process.stderr : process.stdout).write(text),
  });
  for (const child of command.commands) throwInsteadOfExit(child, json);
}

function sentence({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Which command? `story-tree --help` lists them.';
  const bare = message.replace(/^error: /, '');
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}${/[.!?)]$/.test(bare) ? '' : '.'} --help lists the commands and options.`;
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\nCaused by: ${describe(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may leave before the end.
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2));
