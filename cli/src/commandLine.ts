import { StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import { type Environment, secretsOf } from '@story-tree/runtime';
import { type Command, CommanderError } from 'commander';
import { type CommandResult, exitCode, jsonResult, print } from './output.ts';
import { createProgram } from './program.ts';
import { createReporter } from './reporter.ts';
import { withSession } from './session.ts';

/** The surroundings of a command line: its configuration, its streams, and what stops it. */
export interface CommandLineHost {
  /** @throws StoryTreeError `not_configured` */
  readEnvironment(): Environment;
  /** For results alone. */
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  signal: AbortSignal;
}

/** Reads the arguments, runs one command, and reports its outcome. @returns the exit code; never throws */
export async function runCommandLine(args: readonly string[], host: CommandLineHost): Promise<number> {
  const { stdout, stderr, signal } = host;
  const json = args.includes('--json');
  const verbose = args.includes('--verbose');
  let secrets = secretsOf({});
  const reporter = await createReporter({ stream: stderr, verbose, redact: (text) => secrets.redact(text) });
  const result: CommandResult = {};
  let exit = 0;

  const fail = (thrown: unknown): number => {
    const error = toStoryTreeError(thrown);
    reporter.close();
    print(stderr, secrets.redact(error.message));
    if (verbose) print(stderr, secrets.redact(describe(thrown)));
    if (json) print(stdout, secrets.redactJson(jsonResult(result, error)));
    return exitCode(error);
  };

  try {
    const environment = host.readEnvironment();
    secrets = secretsOf(environment);
    const program = createProgram({
      environment,
      withSession: (work) => withSession({ environment, reporter, signal }, work),
      async report(run) {
        const { failure, lines, ...outcome } = await run(result);
        reporter.close();
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
