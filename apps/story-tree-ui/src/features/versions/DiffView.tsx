'use client';

import { useMemo, useState } from 'react';
import { cx } from '../../components/index.ts';
import { counted } from '../kit/index.ts';
import { type DiffBlock, type DiffRun, foldUnchanged, isUnchanged, wordDiff } from './wordDiff.ts';

/** What differs between two texts, word by word. What they share for long is folded. */
export default function DiffView({ before, after }: { before: string; after: string }) {
  const runs = useMemo(() => wordDiff(before, after), [before, after]);
  if (isUnchanged(runs)) return <p className="text-ink-soft">The two texts are the same.</p>;
  return (
    <div
      dir="auto"
      className="whitespace-pre-wrap font-display text-[1.0625rem] leading-relaxed [overflow-wrap:anywhere]"
    >
      {foldUnchanged(runs).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one comparison keep their places
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: DiffBlock }) {
  const [isOpen, setOpen] = useState(false);
  if (block.kind === 'shown') return block.runs.map(runElement);
  if (isOpen) return <span>{block.text}</span>;
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="my-2 block w-full rounded-control bg-sunken px-3 py-1.5 text-center font-sans text-ink-soft text-xs hover:text-ink"
    >
      Show {counted(block.lines, 'unchanged line')}
    </button>
  );
}

function runElement({ kind, text }: DiffRun, index: number) {
  if (kind === 'same') return <span key={index}>{text}</span>;
  const Change = kind === 'added' ? 'ins' : 'del';
  return (
    <Change
      key={index}
      className={cx(
        'rounded-sm px-0.5 [box-decoration-break:clone]',
        kind === 'added' ? 'bg-good-wash text-good' : 'bg-bad-wash text-bad',
      )}
    >
      {text}
    </Change>
  );
}
