import { WriteStream } from 'node:tty';
import type { OnProgress, ProgressEvent } from '@story-tree/agent-backend';
import type { Log, LogLevel } from '@story-tree/domain';
import { printable } from '@story-tree/runtime/terminalText';
import type { ProgressBars } from './progressBars.ts';

/** Tells a person at the terminal what is going on, all of it on stderr; only results go to stdout. */
export interface Reporter {
  log: Log;
  progress: OnProgress;
  /** A plain sentence. */
  note(message: string): void;
  /** A bar of its own on a terminal, filled so far; nothing elsewhere. */
  percent(title: string, percent: number, message: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

export interface ReporterOptions {
  stream: NodeJS.WritableStream;
  verbose: boolean;
  /** Whether progress is going to be shown. */
  bars: boolean;
  /** Hides secrets, whatever brings them in. */
  redact(text: string): string;
}

/** Bars on a terminal for what makes progress, plain lines otherwise. */
export async function createReporter(options: ReporterOptions): Promise<Reporter> {
  const { stream, verbose, redact } = options;
  const bars = options.bars && stream instanceof WriteStream ? await barsOn(stream) : null;
  const print = (text: string) => {
    const line = redact(text);
    if (bars) bars.print(line);
    else stream.write(`${printable(line)}\n`);
  };
  return {
    log(level, message, fields) {
      if (level === 'debug' && !verbose) return;
      // The command itself reports its failure, once; the log only adds details.
      if (level === 'error' && !verbose) return;
      if (bars && level === 'info' && !verbose) return;
      print(logLine(level, message, verbose ? fields : undefined));
    },
    progress(event) {
      if (bars) bars.show(event);
      else if (isWorthALine(event)) print(progressLine(event));
    },
    note: print,
    percent(title, percent, message) {
      bars?.show({ kind: 'call-started', task: title, unit: null, message, completed: percent, total: 100 });
    },
    close: () => bars?.close(),
  };
}

/** Loaded only where bars are drawn: what measures and redraws their lines is of no use elsewhere. */
async function barsOn(terminal: WriteStream): Promise<ProgressBars> {
  const { createProgressBars } = await import('./progressBars.ts');
  return createProgressBars(terminal);
}

function isWorthALine({ kind }: ProgressEvent): boolean {
  // The log has told warnings already.
  return kind !== 'call-started' && kind !== 'warning';
}

function progressLine({ completed, total, message, unit }: ProgressEvent): string {
  return unit === null ? message : `[${completed}/${total}] ${message}`;
}

function logLine(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> | undefined): string {
  const prefix = level === 'warn' ? 'Warning: ' : '';
  return fields === undefined ? `${prefix}${message}` : `${prefix}${message} ${JSON.stringify(fields, withErrors)}`;
}

/** Errors have no JSON of their own: the log shows them with their stacks and causes. */
function withErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, ...(value.cause === undefined ? {} : { cause: value.cause }) };
}
