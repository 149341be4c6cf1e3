import { stripVTControlCharacters } from 'node:util';
import { coloured, oneLine, withReason } from '@story-tree/runtime';

const WARN = 40;
const ERROR = 50;

/** What is read of a JSON log line; everything else in it is for machines. */
interface LogLine {
  level: number;
  msg: string;
  code?: unknown;
  err?: unknown;
  type?: unknown;
  /** What a story task does. */
  operation?: unknown;
}

/** A line that a part has written. */
export interface PartLine {
  /** The part's name. */
  part: string;
  line: string;
  stream: 'stdout' | 'stderr';
  /** Adds what helps to find a fault: stacks, and what libraries say of themselves. */
  verbose: boolean;
}

/** One line of a part's output, for people: of a JSON log line its sentence. Null for what a person need not read. */
export function readableLine({ part, line, stream, verbose }: PartLine): string | null {
  if (line.trim() === '') return null;
  const prefix = coloured('dim', `${part}:`);
  const log = parseLogLine(line);
  if (log === null) return verbose || !isChatter(stream, line) ? `${prefix} ${line}` : null;
  // Where the app listens is told once it can be used.
  if (log.type === 'listening') return null;
  return `${prefix} ${marked(log)}${aboutOf(log)}${verbose ? stackOf(log.err) : ''}`;
}

/** What libraries say of themselves. A tick is good news wherever it is written; trouble comes on stderr without one. */
function isChatter(stream: PartLine['stream'], line: string): boolean {
  return stream === 'stdout' || stripVTControlCharacters(line).trimStart().startsWith('✓');
}

function aboutOf({ operation }: LogLine): string {
  return typeof operation === 'string' ? coloured('dim', ` (${operation})`) : '';
}

function marked({ level, msg, code, err }: LogLine): string {
  const reason = level >= ERROR ? reasonOf(msg, code, err) : undefined;
  if (level >= ERROR) return coloured('red', `Error: ${reason === undefined ? msg : withReason(msg, reason)}`);
  if (level >= WARN) return coloured('yellow', `Warning: ${msg}`);
  return msg;
}

/** What lies behind an unexpected error; expected ones say all there is in their sentence. */
function reasonOf(msg: string, code: unknown, err: unknown): string | undefined {
  if (typeof code === 'string' && code !== 'internal') return undefined;
  const { message, cause } = fieldsOf(err);
  const told = [message, fieldsOf(cause).message].filter((text) => typeof text === 'string');
  return told.find((text) => text !== msg);
}

function stackOf(err: unknown): string {
  const { stack } = fieldsOf(err);
  return typeof stack === 'string' ? `\n${stack}` : '';
}

function parseLogLine(line: string): LogLine | null {
  if (!line.startsWith('{')) return null;
  try {
    const { level, msg, code, err, error, type, operation } = fieldsOf(JSON.parse(line));
    if (typeof level !== 'number' || typeof msg !== 'string') return null;
    return { level, msg: oneLine(msg), code, err: err ?? error, type, operation };
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
