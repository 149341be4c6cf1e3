'use client';

import Play from 'lucide-react/icons/play';
import X from 'lucide-react/icons/x';
import { type ReactNode, type Ref, useId } from 'react';
import { Button, ButtonLink, cx, IconButton } from '../../../components/index.ts';
import { storyHref, useStoryPage, useStoryWork } from '../../kit/index.ts';
import { KindBadge } from '../canvas/KindBadge.tsx';
import { ASSETS, STATE_INKS } from '../canvas/StateMarks.tsx';
import type { SceneletCard } from '../model/card.ts';
import { type CardState, cardState, progressWords } from '../model/cardState.ts';
import { useScene } from '../storyboardContext.ts';
import { ShotEntry } from './ShotEntry.tsx';
import { WaysOn } from './WaysOn.tsx';

interface SceneletPanelProps {
  ref: Ref<HTMLElement>;
  label: string;
  onGoTo(label: string): void;
  onFold(label: string): void;
  onClose(): void;
}

/** Everything about one scenelet: beside the canvas, or below it on a phone. The canvas remains usable. */
export function SceneletPanel({ ref, label, onGoTo, onFold, onClose }: SceneletPanelProps) {
  const { board } = useScene();
  const card = board.cards.get(label);
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label={card ? `Scenelet ${label}` : 'No such scenelet'}
      data-panel
      className="z-20 flex min-h-0 flex-col border-line bg-sheet outline-none max-md:h-[58%] max-md:rounded-t-sheet max-md:border-t max-md:shadow-float md:w-104 md:border-s"
    >
      <header className="flex items-center gap-2 border-line border-b px-4 py-2.5">
        <h2 className="min-w-0 truncate font-mono font-semibold text-base">{label}</h2>
        {card && <KindBadge kind={card.kind} />}
        <span className="ms-auto">
          <IconButton label="Close" icon={X} size="small" side="left" onClick={onClose} />
        </span>
      </header>
      <div key={label} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {card ? (
          <PanelBody card={card} onGoTo={onGoTo} onFold={onFold} />
        ) : (
          <p className="p-4 text-ink-soft text-sm">
            This story has no scenelet of that name. The script may have been regenerated.
          </p>
        )}
      </div>
    </section>
  );
}

type PanelBodyProps = { card: SceneletCard } & Pick<SceneletPanelProps, 'onGoTo' | 'onFold'>;

function PanelBody({ card, onGoTo, onFold }: PanelBodyProps) {
  const { folded, board } = useScene();
  const { isMaking } = useStoryWork();
  const { detail, storyId } = useStoryPage();
  const below = board.below.get(card.label) ?? 0;
  return (
    <div className="space-y-6 px-4 py-4">
      <div className="flex flex-wrap gap-2">
        {detail.playable && (
          <ButtonLink
            variant="primary"
            size="small"
            icon={Play}
            href={storyHref(storyId, 'player', { scenelet: card.label })}
          >
            Play from here
          </ButtonLink>
        )}
        {below > 0 && (
          <Button size="small" onClick={() => onFold(card.label)}>
            {folded.has(card.label) ? `Unfold ${below} that follow` : `Fold ${below} that follow`}
          </Button>
        )}
      </div>
      <p dir="auto" className="whitespace-pre-line font-display text-[1.0625rem] leading-relaxed">
        {[card.title, card.rest].filter(Boolean).join(' ')}
      </p>
      <SpokenLines lines={card.lines} />
      <PanelPart title={card.kind === 'branch' ? 'Choices' : 'Before and after'}>
        <WaysOn card={card} onGoTo={onGoTo} />
      </PanelPart>
      <PanelPart title="State">
        <StateList state={cardState(card, isMaking)} />
      </PanelPart>
      {card.shots.length > 0 && (
        <PanelPart title="Shots">
          <ol className="space-y-4">
            {card.shots.map((shot) => (
              <ShotEntry key={shot.id} label={card.label} shot={shot} />
            ))}
          </ol>
        </PanelPart>
      )}
    </div>
  );
}

/** The lines of a scenelet in the script. */
function SpokenLines({ lines }: Pick<SceneletCard, 'lines'>) {
  if (lines.length === 0) return null;
  return (
    <PanelPart title="Lines">
      <ul className="space-y-2 text-sm">
        {lines.map(({ character, line }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same person may say the same words twice
          <li key={at} dir="auto">
            <span className="font-semibold">{character}</span> <q className="text-ink-soft">{line}</q>
          </li>
        ))}
      </ul>
    </PanelPart>
  );
}

/** What exists of a scenelet, what is missing and what is being made. */
function StateList({ state }: { state: CardState }) {
  return (
    <dl className="grid grid-cols-3 gap-2 text-sm">
      {ASSETS.map(({ key, name, icon: AssetIcon }) => (
        <div key={key} className="rounded-control border border-line bg-raised px-3 py-2">
          <dt className="flex items-center gap-1.5 text-ink-soft text-xs">
            <AssetIcon size={13} className={cx('shrink-0', STATE_INKS[state[key].state])} />
            {name}
          </dt>
          <dd className="mt-0.5 font-medium first-letter:uppercase">{progressWords(state[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A part of the panel under a small heading. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 font-sans font-semibold text-ink-faint text-xs uppercase tracking-wider">
        {title}
      </h3>
      {children}
    </section>
  );
}
