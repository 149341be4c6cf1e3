'use client';

import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import type { SceneletCard } from '../model/card.ts';
import { useScene } from '../storyboardContext.ts';

/** Links to the scenelets before and after one. */
export function WaysOn({ card, onGoTo }: { card: SceneletCard; onGoTo(label: string): void }) {
  const { board } = useScene();
  const { tree, cards } = board;
  const scenelet = tree.byLabel.get(card.label);
  if (scenelet === undefined) return null;
  const parent = scenelet.parentId === null ? undefined : tree.byId.get(scenelet.parentId);
  const children = tree.children(scenelet).flatMap(({ label }) => cards.get(label) ?? []);
  return (
    <>
      {card.choicePrompt !== null && (
        <p dir="auto" className="mb-2 rounded-control bg-accent-wash px-3 py-2 font-medium text-accent text-sm">
          {card.choicePrompt}
        </p>
      )}
      <ul className="space-y-1.5">
        {children.map(({ label, choice, title }) => (
          <li key={label}>
            <Way label={label} words={choice ?? title} isForward onGoTo={onGoTo} />
          </li>
        ))}
        {parent && (
          <li>
            <Way
              label={parent.label}
              words={card.choice === null ? 'What comes before' : `Back before “${card.choice}”`}
              isForward={false}
              onGoTo={onGoTo}
            />
          </li>
        )}
      </ul>
      {card.kind === 'ending' && <p className="mt-2 text-ink-soft text-sm">The path ends here.</p>}
      {card.kind === 'open' && (
        <p className="mt-2 text-sm text-warn">
          The script stops here without an ending. Resume the interactive script to continue it.
        </p>
      )}
    </>
  );
}

interface WayProps {
  label: string;
  words: string;
  isForward: boolean;
  onGoTo(label: string): void;
}

function Way({ label, words, isForward, onGoTo }: WayProps) {
  const Arrow = isForward ? ArrowRight : ArrowLeft;
  return (
    <button
      type="button"
      onClick={() => onGoTo(label)}
      className="flex w-full items-center gap-2.5 rounded-control border border-line bg-raised px-3 py-2 text-start text-sm transition-colors hover:border-line-strong hover:bg-sunken"
    >
      <Arrow size={15} className="shrink-0 text-accent" />
      <span dir="auto" className="line-clamp-2 min-w-0 flex-1">
        {words}
      </span>
      <span className="shrink-0 font-mono text-ink-faint text-xs">{label}</span>
    </button>
  );
}
