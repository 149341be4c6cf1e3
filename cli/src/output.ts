import { ERROR_CODES, type StoryTreeError, toStoryTreeError } from '@story-tree/domain/errors';
import { printable, printableJson } from '@story-tree/runtime/terminalText';

/** What a command did, for programs; `--json` prints it as it is. */
export interface CommandResult {
  storyId?: string;
  task?: string;
  bundlePath?: string;
  /** US dollars spent on models by this command. */
  cost?: number;
  /** What a command found beyond that, such as a list of stories. */
  [detail: string]: unknown;
}

export interface CommandOutcome {
  result: CommandResult;
  /** The same for people: lines for stdout. */
  lines: readonly string[];
  /** Set when the command did its work but found a failure: the exit code, and what went wrong. */
  failure?: { exit: number; error?: StoryTreeError };
}

/** The one JSON object of `--json`. */
export function jsonResult(result: CommandResult, thrown?: unknown): string {
  const status = thrown === undefined ? 'succeeded' : failureStatus(toStoryTreeError(thrown));
  const { cost = 0, ...rest } = result;
  const error = thrown === undefined ? {} : { error: publicError(toStoryTreeError(thrown)) };
  return printableJson({ ...rest, status, cost, ...error });
}

export function exitCode(thrown: unknown): number {
  return ERROR_CODES[toStoryTreeError(thrown).code].exit;
}

function failureStatus({ code }: StoryTreeError): 'failed' | 'cancelled' {
  return code === 'cancelled' ? 'cancelled' : 'failed';
}

function publicError({ code, message, details }: StoryTreeError): object {
  return { code, message, ...details };
}

/** Writes a line to a stream that may be a terminal. */
export function print(stream: Pick<NodeJS.WritableStream, 'write'>, text: string): void {
  stream.write(`${printable(text)}\n`);
}

/** As in "1 shot" or "2 shots". */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function money(dollars: number): string {
  return `$${dollars.toFixed(dollars < 1 ? 4 : 2)}`;
}
