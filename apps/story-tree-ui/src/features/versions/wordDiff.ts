import { diffLines, diffWordsWithSpace } from 'diff';

/** A run of text that two versions share, or that only one of them has. */
export interface DiffRun {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** A stretch of a comparison: shown, or folded away because nothing in it differs. */
export type DiffBlock = { kind: 'shown'; runs: readonly DiffRun[] } | { kind: 'folded'; text: string; lines: number };

/** Milliseconds after which words give way to lines, and lines to the whole: a page must not freeze over two texts that share nothing. */
const PATIENCE_MS = 1_500;

/** Lines left standing around a difference. */
const CONTEXT_LINES = 3;

/**
 * What has to be done to the first text, word by word, to get the second.
 * @param patienceMs how long words may take, and lines after them, in milliseconds
 */
export function wordDiff(before: string, after: string, patienceMs = PATIENCE_MS): DiffRun[] {
  const patience = { timeout: patienceMs };
  const changes = diffWordsWithSpace(before, after, patience) ?? diffLines(before, after, patience);
  if (changes === undefined) return [removed(before), added(after)];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

function removed(text: string): DiffRun {
  return { kind: 'removed', text };
}

function added(text: string): DiffRun {
  return { kind: 'added', text };
}

/** Whether the two texts were the same. */
export function isUnchanged(runs: readonly DiffRun[]): boolean {
  return runs.every(({ kind }) => kind === 'same');
}

/** Folds long stretches without a difference, so that a small change in a long text is seen at once. */
export function foldUnchanged(runs: readonly DiffRun[], context = CONTEXT_LINES): DiffBlock[] {
  const blocks: DiffBlock[] = [];
  let open: DiffRun[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ kind: 'shown', runs: open });
    open = [];
  };
  runs.forEach((run, index) => {
    const folded = run.kind === 'same' ? splitUnchanged(run.text, index > 0, index < runs.length - 1, context) : null;
    if (folded === null) {
      open.push(run);
      return;
    }
    if (folded.head) open.push({ kind: 'same', text: folded.head });
    close();
    blocks.push({ kind: 'folded', text: folded.middle, lines: folded.lines });
    if (folded.tail) open.push({ kind: 'same', text: folded.tail });
  });
  close();
  return blocks;
}

/** The part of an unchanged text that nobody has to see, or null when it is too short to be worth folding. */
function splitUnchanged(text: string, isAfterChange: boolean, isBeforeChange: boolean, context: number) {
  const lines = text.split('\n');
  const from = isAfterChange ? context + 1 : 0;
  const to = isBeforeChange ? lines.length - context - 1 : lines.length;
  if (to - from <= context) return null;
  const part = (start: number, end: number) => lines.slice(start, end).join('\n');
  return {
    head: from > 0 ? `${part(0, from)}\n` : '',
    middle: part(from, to),
    tail: to < lines.length ? `\n${part(to, lines.length)}` : '',
    lines: to - from,
  };
}
