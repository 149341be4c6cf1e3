import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { StoryTreeError } from '@story-tree/domain/errors';
import { printable } from '@story-tree/runtime/terminalText';

export interface Confirmation {
  assumeYes: boolean;
  /** Counts as a no. */
  signal: AbortSignal;
}

/** @throws StoryTreeError `usage` where nobody can be asked, `cancelled` for a no, Ctrl-C or the end of the input */
export async function confirm(question: string, { assumeYes, signal }: Confirmation): Promise<void> {
  if (assumeYes) return;
  if (!process.stdin.isTTY) throw new StoryTreeError('usage', `${question} Without a terminal, confirm with --yes.`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const asked = prompt.question(printable(`${question} [y/N] `), { signal });
    const answer = await Promise.race([asked, once(prompt, 'close').then(() => '')]).catch(() => '');
    if (!/^y(es)?$/i.test(answer.trim())) throw new StoryTreeError('cancelled', 'Nothing was changed.');
  } finally {
    prompt.close();
  }
}
