'use client';

import Keyboard from 'lucide-react/icons/keyboard';
import { useId } from 'react';
import { IconButton, Kbd } from '../../../components/index.ts';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['→', '←'], 'go to what follows, and back'],
  [['↑', '↓'], 'go to the branch above or below'],
  [['Home'], 'go to the beginning'],
  [['Enter'], 'open the scenelet'],
  [['Esc'], 'close it'],
  [['Space'], 'fold what follows, or unfold it'],
  [['F'], 'find a scenelet'],
  [['+', '−'], 'zoom in, zoom out'],
  [['1'], 'zoom to 100 %'],
  [['0'], 'show the whole story'],
];

/** The keys of the storyboard. */
export function KeysHelp() {
  const id = useId();
  return (
    <>
      <IconButton label="Keys" icon={Keyboard} size="small" side="bottom" popoverTarget={id} />
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Keys of the storyboard"
        className="m-auto w-80 max-w-[calc(100%-2rem)] rounded-card border border-line bg-raised p-5 text-ink shadow-float"
      >
        <h2 className="mb-3 text-lg">Keys</h2>
        <dl className="space-y-2 text-sm">
          {KEYS.map(([keys, does]) => (
            <div key={does} className="flex items-baseline gap-3">
              <dt className="flex w-20 shrink-0 gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd className="text-ink-soft">{does}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 border-line border-t pt-3 text-ink-faint text-xs">
          The canvas is drawn with{' '}
          <a href="https://reactflow.dev" target="_blank" rel="noreferrer" className="underline underline-offset-4">
            React Flow
          </a>
          .
        </p>
      </div>
    </>
  );
}

/** What the keys do, while the keyboard moves over the canvas. */
export function KeyHint() {
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute inset-x-0 bottom-3 z-10 mx-auto hidden w-max max-w-[calc(100%-2rem)] items-center gap-1.5 rounded-full border border-line bg-raised/95 px-4 py-1.5 text-ink-soft text-xs shadow-lift md:group-has-[[role=treeitem]:focus-visible]/stage:flex"
    >
      <Kbd>←</Kbd>
      <Kbd>→</Kbd> along the story
      <Kbd>↑</Kbd>
      <Kbd>↓</Kbd> between branches
      <Kbd>Enter</Kbd> opens
      <Kbd>Space</Kbd> folds
    </p>
  );
}
