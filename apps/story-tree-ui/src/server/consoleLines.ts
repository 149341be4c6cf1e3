import { format, stripVTControlCharacters } from 'node:util';
import type { Logger } from './log.ts';
import { severityOf } from './severity.ts';

/**
 * The methods of a console that write, and the level that a line has unless an error says otherwise. What libraries say
 * of themselves is of use to whoever looks for a fault alone.
 */
const LEVELS = { debug: 'debug', log: 'debug', info: 'debug', warn: 'warn', error: 'error', trace: 'debug' } as const;

/** The marks that Next puts in front of its lines. */
const MARK = /^[\s○⨯⚠▲✓»]+/;

/**
 * Has everything that libraries say become lines of the log, so that whoever collects them reads JSON alone: what goes
 * to the console, what is written to the streams past it, and warnings of Node.
 */
export function divertConsole(log: Logger): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...said: unknown[]) => tell(log, level, said);
  }
  // What Node itself does with them is to write them to stderr.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, warning.message));
  divertStream(process.stdout, (line) => tell(log, 'debug', [line]));
  divertStream(process.stderr, (line) => tell(log, 'warn', [line]));
}

/** One line, whatever has been said; an error's stack stands in a field of its own. */
function tell(log: Logger, usual: (typeof LEVELS)[keyof typeof LEVELS], said: readonly unknown[]): void {
  const err = said.find((part) => part instanceof Error);
  const words = stripVTControlCharacters(format(...said.filter((part) => part !== err)));
  const message = words.replace(MARK, '').trim();
  if (err !== undefined) {
    const { level, fields } = severityOf(err);
    log[level](fields, message === '' ? err.message : `${message} ${err.message}`);
  } else if (message !== '') log[usual](message);
}

function divertStream(stream: NodeJS.WriteStream, take: (line: string) => void): void {
  stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    for (const line of Buffer.from(chunk as string)
      .toString()
      .split('\n'))
      take(line);
    const onDone = typeof encoding === 'function' ? encoding : done;
    if (typeof onDone === 'function') queueMicrotask(() => onDone());
    return true;
  }) as typeof stream.write;
}
