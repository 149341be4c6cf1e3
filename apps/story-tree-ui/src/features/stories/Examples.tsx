'use client';

/** Prompts that show what can be asked for. */
const EXAMPLES = [
  {
    title: 'The lighthouse that moved',
    prompt:
      'A lighthouse keeper wakes to find that her lighthouse has moved inland overnight, and the ships keep coming. A quiet mystery with a warm heart.',
  },
  {
    title: 'Tea with the dragon',
    prompt:
      'A shy dragon opens a tea house at the edge of a village that is afraid of her. Gentle and funny, for children from six.',
  },
  {
    title: 'Last train to Orion',
    prompt:
      'Noir on a space station: a conductor, a forged ticket and one passenger too many on the last train before the line closes.',
  },
  {
    title: 'The map in the bread',
    prompt:
      'In a medieval town, a baker’s apprentice finds a map baked into a loaf. Three guilds want it, and none of them tells the truth.',
  },
] as const;

/** Full examples, to read and to start from. */
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

/** Example prompts that a click fills in. */
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
