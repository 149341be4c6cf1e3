import { WriteStream } from 'node:tty';
import { StoryTreeError, toStoryTreeError } from '@story-tree/domain/errors';
import type { Configuration } from '@story-tree/runtime/configuration';
import type { Secrets } from '@story-tree/runtime/secrets';
import { type Command, CommanderError } from 'commander';
import { canContinue } from './continuation.ts';
import { commandFrom, type Invocation } from './invocation.ts';
import { type CommandResult, exitCode, jsonResult, print } from './output.ts';
import { createProgram } from './program.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { worded } from './wording.ts';

/** The surroundings of a command line: its configuration, its streams, and what stops it. */
export interface CommandLineHost {
  /** Asked only by commands that need it. @throws StoryTreeError `not_configured` */
  readConfiguration(): Configuration | Promise<Configuration>;
  /** Where it was typed: paths are taken from there. */
  folder: string;
  /** For results alone. */
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  signal: AbortSignal;
  /** Milliseconds to wait for a database that is not there yet, such as one that is being started just now. */
  waitMs: number;
}

/** Reads the arguments, runs one command, and reports its outcome. @returns the exit code; never throws */
export async function runCommandLine(args: readonly string[], host: CommandLineHost): Promise<number> {
  const { stdout, stderr, signal, folder, waitMs } = host;
  const invocation: Invocation = { args, folder };
  const json = args.includes('--json');
  const verbose = args.includes('--verbose');
  const columns = stdout instanceof WriteStream ? stdout.columns : undefined;
  const result: CommandResult = {};
  let reporter: Reporter | undefined;
  let continuation: readonly string[] | undefined;
  let exit = 0;
  let secrets: Secrets | undefined;
  const redact = (text: string) => secrets?.redact(text) ?? text;
  const readConfiguration = once(async () => {
    const configuration = await host.readConfiguration();
    const { secretsOf } = await import('@story-tree/runtime/secrets');
    secrets = secretsOf(configuration.environment);
    for (const warning of configuration.warnings) print(stderr, `Warning: ${warning}`);
    return configuration;
  });

  const fail = async (thrown: unknown): Promise<number> => {
    const error = await worded(toStoryTreeError(thrown), folder);
    const next = canContinue(error.code) && continuation ? commandFrom(folder, continuation) : undefined;
    reporter?.close();
    print(stderr, redact(error.message));
    if (next !== undefined) print(stderr, `To continue:\n  ${next}`);
    if (verbose) print(stderr, redact(describe(thrown)));
    if (!json) return exitCode(error);
    const printed = jsonResult({ ...result, ...(next && { continueWith: next }) }, error);
    print(stdout, secrets?.redactJson(printed) ?? printed);
    return exitCode(error);
  };

  try {
    const program = await createProgram(args, {
      invocation,
      signal,
      readConfiguration,
      async withSession(work, { bars } = { bars: false }) {
        const { environment } = await readConfiguration();
        reporter = await createReporter({ stream: stderr, verbose, redact, bars });
        const { withSession } = await import('./session.ts');
        const continueWith = (next: readonly string[]) => {
          continuation = next;
        };
        return await withSession({ environment, invocation, reporter, columns, signal, waitMs, continueWith }, work);
      },
      async report(run) {
        const { failure, lines, ...outcome } = await run(result);
        reporter?.close();
        print(stdout, json ? jsonResult({ ...result, ...outcome.result }, failure?.error) : lines.join('\n'));
        exit = failure?.exit ?? 0;
      },
    });
    // With --json, stdout is for the one object alone.
    throwInsteadOfExit(program, json ? stderr : stdout);
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Help ends up here as well, with nothing wrong.
      return thrown.exitCode === 0 ? 0 : fail(new StoryTreeError('usage', sentence(thrown)));
    }
    return fail(thrown);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Commander would leave the process itself, before the JSON is printed. */
function throwInsteadOfExit(command: Command, help: NodeJS.WritableStream): void {
  command.exitOverride();
  command.configureOutput({
    // We report what is wrong ourselves, once.
    writeErr: () => undefined,
    writeOut: (text) => help.write(text),
  });
  for (const child of command.commands) throwInsteadOfExit(child, help);
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
