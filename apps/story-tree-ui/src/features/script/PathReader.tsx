'use client';

import type { Scenelet } from '@story-tree/domain';
import Check from 'lucide-react/icons/check';
import CornerDownRight from 'lucide-react/icons/corner-down-right';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useId, useMemo } from 'react';
import { Button, cx } from '../../components/index.ts';
import { announce, counted, SceneletLink, useAddressParam, useStoryPage } from '../kit/index.ts';
import { endingsBelow, type ReadingStep, readingPath } from './readingPath.ts';

/** One path through the story to read, with all its choices open to be changed. */
export function PathReader() {
  const { tree } = useStoryPage();
  const [label, setLabel] = useAddressParam('scenelet');
  const endings = useMemo(() => endingsBelow(tree), [tree]);
  const steps = readingPath(tree, label);

  function choose(chosen: string, words: string) {
    setLabel(chosen);
    announce(`Chosen: ${words}. The story continues below.`);
  }

  return (
    <div className="mx-auto max-w-2xl">
      {steps.map((step) => (
        <div key={step.scenelet.id}>
          <SceneletText scenelet={step.scenelet} />
          {step.choices.length > 0 && <Choices step={step} endings={endings} onChoose={choose} />}
        </div>
      ))}
      <WayOut last={steps.at(-1)} onRestart={() => setLabel(null)} />
    </div>
  );
}

function WayOut({ last, onRestart }: { last: ReadingStep | undefined; onRestart(): void }) {
  if (last === undefined || last.choices.length > 0) return null;
  if (!last.scenelet.isTerminalNode) {
    return (
      <p className="flex items-center gap-2 rounded-card bg-warn-wash px-4 py-3 text-sm text-warn">
        <CornerDownRight size={16} />
        The script has not been written beyond this point.
      </p>
    );
  }
  return (
    <div className="space-y-4 pt-2 pb-6 text-center">
      <p aria-hidden="true" className="text-ink-faint text-xl tracking-[0.6em]">
        ❦
      </p>
      <p className="font-display text-lg italic">The end of this path</p>
      <Button size="small" icon={RotateCcw} onClick={onRestart}>
        From the beginning
      </Button>
    </div>
  );
}

/** A branch point: the question, and where each answer leads. */
function Choices({
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

/** A scenelet to read: what happens, and what is said. */
function SceneletText({ scenelet: { label, content } }: { scenelet: Scenelet }) {
  return (
    <section aria-label={label} className="pb-9">
      <p className="mb-2">
        <SceneletLink label={label} />
      </p>
      <p dir="auto" className="whitespace-pre-line font-display text-lg leading-relaxed">
        {content.description}
      </p>
      {content.dialogue.length > 0 && (
        <dl className="mt-4 space-y-2.5 border-line border-s-2 ps-5">
          {content.dialogue.map(({ character, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a scenelet keep their places
            <div key={index}>
              <dt dir="auto" className="font-semibold text-ink-soft text-xs tracking-wide">
                {character}
              </dt>
              <dd dir="auto" className="font-display text-[1.0625rem] leading-relaxed">
                {line}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
