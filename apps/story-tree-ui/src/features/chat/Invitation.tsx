import MessagesSquare from 'lucide-react/icons/messages-square';

const SUGGESTIONS = [
  'Make the tone darker, but leave one thing that gives hope.',
  'Give the main character a flaw that every branch has to deal with.',
  'Let the choices cost something: each should close another way.',
  'Add an ending in which nobody is right.',
  'Which passages are vague? Make them concrete.',
] as const;

/** Before the first word: what this is for, and how one might begin. */
export function Invitation({ onSuggest }: { onSuggest(text: string): void }) {
  return (
    <div className="pt-4">
      <span className="mb-4 inline-flex size-12 items-center justify-center rounded-full bg-accent-wash text-accent">
        <MessagesSquare size={22} strokeWidth={1.6} />
      </span>
      <h3 className="text-lg">Nothing has been said yet</h3>
      <p className="mt-1 text-ink-soft text-sm">
        The model knows the whole constitution. It answers, and rewrites what has to be different. You might begin with:
      </p>
      <ul className="mt-4 space-y-2">
        {SUGGESTIONS.map((suggestion) => (
          <li key={suggestion}>
            <button
              type="button"
              onClick={() => onSuggest(suggestion)}
              className="w-full rounded-control border border-line bg-raised px-3.5 py-2.5 text-start text-sm transition-colors hover:border-accent hover:bg-accent-wash"
            >
              {suggestion}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
