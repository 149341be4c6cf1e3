'use client';

import { EXAMPLES } from './examples.ts';

/** Prompts to start from, by a click. */
export function ExamplePrompts({ onChoose }: { onChoose(prompt: string): void }) {
  return (
    <div className="mt-3 flex flex-wrap items-center gap-1.5">
      <span className="text-ink-faint text-xs">For example</span>
      {EXAMPLES.map(({ title, prompt }) => (
        <button
          key={title}
          type="button"
          title={prompt}
          onClick={() => onChoose(prompt)}
          className="rounded-full border border-line-strong bg-sheet px-2.5 py-0.5 font-display text-[0.8125rem] text-ink-soft italic transition-colors hover:border-accent hover:text-accent"
        >
          {title}
        </button>
      ))}
    </div>
  );
}
