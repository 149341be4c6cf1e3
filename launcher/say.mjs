import { createInterface } from 'node:readline/promises';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const PREFIX = 'story-tree: ';

/**
 * Tells the user what is happening. Never on stdout, which belongs to the command that is launched.
 * @typedef {object} Say
 * @property {(text: string) => void} line Prints one line
 * @property {<T>(text: string, work: () => Promise<T>) => Promise<T>} step Shows one line while work is done that takes a while
 */

/**
 * @param {Pick<NodeJS.WriteStream, 'write' | 'isTTY'>} stream
 * @returns {Say}
 */
export function createSay(stream) {
  // On a terminal, a step may be drawing its line just then; it draws it again below.
  const start = stream.isTTY ? '\r\x1b[K' : '';
  return {
    line: (text) => void stream.write(`${start}${PREFIX}${text}\n`),
    step: (text, work) => (stream.isTTY ? animate(stream, text, work) : announce(stream, text, work)),
  };
}

/**
 * Asks a yes-or-no question. Anything but yes is a no, and so is a terminal that closes; without one, nobody is asked.
 * @param {string} question
 * @param {{ input: NodeJS.ReadStream, output: NodeJS.WriteStream }} [terminal]
 * @returns {Promise<boolean>}
 */
export async function askOnTerminal(question, { input, output } = { input: process.stdin, output: process.stderr }) {
  if (!input.isTTY || !output.isTTY) return false;
  const lines = createInterface({ input, output });
  const closed = new Promise((resolve) => lines.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([lines.question(`${PREFIX}${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/**
 * @template T
 * @param {Pick<NodeJS.WriteStream, 'write'>} stream
 * @param {string} text
 * @param {() => Promise<T>} work
 */
async function announce(stream, text, work) {
  stream.write(`${PREFIX}${text}…\n`);
  return await work();
}

/**
 * @template T
 * @param {Pick<NodeJS.WriteStream, 'write'>} stream
 * @param {string} text
 * @param {() => Promise<T>} work
 */
async function animate(stream, text, work) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  let turn = 0;
  const draw = () => stream.write(`\r\x1b[K${FRAMES[turn++ % FRAMES.length]} ${text}… ${seconds()}`);
  draw();
  const timer = setInterval(draw, FRAME_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    stream.write(`\r\x1b[K${PREFIX}${text} (${seconds()})\n`);
  }
}
