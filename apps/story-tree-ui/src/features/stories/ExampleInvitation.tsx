'use client';

import { EXAMPLES } from './examples.ts';

/** Examples in full, to read and to begin with. */
export function ExampleInvitation({ onChoose }: { onChoose(prompt: string): void }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      {EXAMPLES.map(({ title, prompt }) => (
        <li key={title}>
          <button
            type="button"
            onClick={() => onChoose(prompt)}
            className="flex size-full flex-col rounded-card border border-line bg-sheet p-4 text-start shadow-card transition-colors hover:border-accent"
          >
            <span className="block font-display font-semibold text-base text-ink">{title}</span>
            <span className="mt-1 block text-ink-soft text-sm leading-snug">{prompt}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
