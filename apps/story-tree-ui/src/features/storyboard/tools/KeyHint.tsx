import { Kbd } from '../../../components/index.ts';

/** While the keys walk over the canvas: what they do. */
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
