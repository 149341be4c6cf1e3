import { stripVTControlCharacters } from 'node:util';
import { printable } from '@story-tree/runtime';

/** What a person sees: answers on stdout, all else on stderr, and on a terminal one line that moves. */
export interface Terminal {
  /** What was asked for, such as the address to open. */
  answer(text: string): void;
  /** What happens meanwhile. */
  line(text: string): void;
  /** Shows progress in one line below all others; null takes it away. Nothing happens where there is no terminal. */
  status(text: string | null): void;
  /** Whether a status can be seen. */
  moves: boolean;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns' | 'on'>;

const CLEAR_LINE = '\r\x1b[K';
const DEFAULT_COLUMNS = 80;

/** @param redact hides secrets in what is printed, whoever says it */
export function createTerminal(
  { stdout, stderr }: { stdout: Stream; stderr: Stream },
  redact: (text: string) => string,
): Terminal {
  const moves = stderr.isTTY === true;
  let shown: string | null = null;
  // Whoever read along may have gone, with the terminal or with a pipe; the work goes on.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

  const draw = (text: string) => stderr.write(CLEAR_LINE + fitted(printable(text), stderr.columns ?? DEFAULT_COLUMNS));
  const print = (stream: Stream, text: string) => {
    if (shown !== null) stderr.write(CLEAR_LINE);
    stream.write(`${printable(redact(text))}\n`);
    if (shown !== null) draw(shown);
  };

  return {
    moves,
    answer: (text) => print(stdout, text),
    line: (text) => print(stderr, text),
    status(text) {
      if (!moves) return;
      if (text !== null) draw(text);
      else if (shown !== null) stderr.write(CLEAR_LINE);
      shown = text;
    },
  };
}

/** What takes more than one line could not be cleared again; colours go with what is cut off. */
function fitted(text: string, columns: number): string {
  const line = text.replace(/[\n\t]/g, ' ');
  const plain = stripVTControlCharacters(line);
  return plain.length < columns ? line : [...plain].slice(0, columns - 1).join('');
}
