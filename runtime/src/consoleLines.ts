import process from 'node:process';
import { format, stripVTControlCharacters } from 'node:util';
import type { Log, LogLevel } from '@story-tree/domain';

/**
 * The methods of a console that write, and the level that a line has unless an error says otherwise. What libraries say
 * of themselves is of use to whoever looks for a fault alone.
 */
const LEVELS = { debug: 'debug', log: 'debug', info: 'debug', warn: 'warn', error: 'error', trace: 'debug' } as const;

/** The marks that Next puts in front of its lines. */
const MARK = /^[\s○⨯⚠▲✓»]+/;

/** How an error that a library prints is told. */
type Severity = (error: Error) => { level: LogLevel; fields: Readonly<Record<string, unknown>> };

/**
 * Has everything that libraries say become lines of the log, so that whoever collects them reads JSON alone: what goes
 * to the console, what is written to the streams past it, and warnings of Node.
 * @param log writes to a stream that it had before
 */
export function divertConsole(log: Log, severityOf: Severity): void {
  const tell = (usual: LogLevel, said: readonly unknown[]) => {
    const error = said.find((part) => part instanceof Error);
    const words = stripVTControlCharacters(format(...said.filter((part) => part !== error)));
    const message = words.replace(MARK, '').trim();
    if (error !== undefined) {
      const { level, fields } = severityOf(error);
      log(level, message === '' ? error.message : `${message} ${error.message}`, fields);
    } else if (message !== '') log(usual, message);
  };

  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...said: unknown[]) => tell(level, said);
  }
  // What Node itself does with them is to write them to stderr.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log('warn', `${name}: ${message}`));
  divertStream(process.stdout, (line) => tell('debug', [line]));
  divertStream(process.stderr, (line) => tell('warn', [line]));
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
