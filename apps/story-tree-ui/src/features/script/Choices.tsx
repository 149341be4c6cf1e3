'use client';

import Check from 'lucide-react/icons/check';
import { useId } from 'react';
import { cx } from '../../components/index.ts';
import { counted } from '../kit/index.ts';
import type { ReadingStep } from './readingPath.ts';

/** A branch point: what is asked, and where each answer leads. */
export function Choices({
  step: { scenelet, choices, taken },
  endings,
  onChoose,
}: {
  step: ReadingStep;
  /** How many endings lie below a scenelet, by its id. */
  endings: ReadonlyMap<string, number>;
  onChoose(label: string, words: string): void;
}) {
  const id = useId();
  return (
    <fieldset
      aria-labelledby={id}
      className="mb-9 min-w-0 rounded-card border border-line bg-sheet px-5 py-5 shadow-card"
    >
      <p id={id} dir="auto" className="mb-3 font-display text-lg">
        {scenelet.choicePrompt ?? 'What happens next?'}
      </p>
      <div className="space-y-2">
        {choices.map((choice) => {
          const words = choice.choiceLabelFromParent ?? choice.label;
          return (
            <button
              key={choice.id}
              type="button"
              aria-pressed={choice === taken}
              onClick={() => onChoose(choice.label, words)}
              className={cx(
                'flex w-full items-center gap-3 rounded-control border px-4 py-2.5 text-start transition-colors',
                choice === taken
                  ? 'border-accent bg-accent-wash'
                  : 'border-line-strong bg-raised hover:border-accent hover:bg-accent-wash',
              )}
            >
              <span dir="auto" className="min-w-0 flex-1">
                {words}
              </span>
              <span className="shrink-0 text-ink-faint text-xs">{counted(endings.get(choice.id) ?? 0, 'ending')}</span>
              <Check size={16} className={cx('shrink-0 text-accent', choice !== taken && 'invisible')} />
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
