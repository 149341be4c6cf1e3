'use client';

import ChevronRight from 'lucide-react/icons/chevron-right';
import { memo, useMemo } from 'react';
import { cx } from '../../../components/index.ts';
import { useStoryWork } from '../../kit/index.ts';
import { KIND_LOOK } from '../canvas/KindBadge.tsx';
import { type SceneletCard, shortLabel } from '../model/card.ts';
import { cardState, spokenState } from '../model/cardState.ts';
import type { OutlineRow } from '../model/outlineRows.ts';
import { useScene } from '../storyboardContext.ts';

export const ROW_HEIGHT = 34;

const INDENT = 14;
/** Deeper lines are not indented further: the words have to stay visible. */
const MOST_INDENTS = 12;

interface OutlineLineProps {
  row: OutlineRow;
  /** Its position; null while the outline is hidden and needs none. */
  top: number | null;
  onPick(label: string): void;
  onFold(label: string): void;
}

/** One scenelet of the outline. */
export function OutlineLine({ row, top, onPick, onFold }: OutlineLineProps) {
  const { board, active, path } = useScene();
  const { isMaking } = useStoryWork();
  const { label, hasChildren, isOpen } = row;
  const card = board.cards.get(label);
  const hidden = hasChildren && !isOpen ? (board.below.get(label) ?? 0) : 0;
  const state = useMemo(() => card && spokenState(card, cardState(card, isMaking), hidden), [card, isMaking, hidden]);
  if (card === undefined) return null;
  const isActive = label === active;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for all its lines
    <div
      role="treeitem"
      aria-level={row.depth}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isActive}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
      tabIndex={isActive ? 0 : -1}
      data-label={label}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-fold]')) onFold(label);
        else onPick(label);
      }}
      className={cx(
        'right-0 left-0 flex overflow-hidden cursor-pointer items-center gap-1.5 whitespace-nowrap pe-3 text-sm focus-visible:-outline-offset-2',
        top !== null && 'absolute',
        isActive ? 'bg-accent-wash text-ink' : 'text-ink-soft hover:bg-sunken',
        path.has(label) && 'font-medium',
      )}
      style={{
        height: ROW_HEIGHT,
        paddingInlineStart: 6 + Math.min(row.depth - 1, MOST_INDENTS) * INDENT,
        ...(top === null ? {} : { top }),
      }}
    >
      <span data-fold={hasChildren || undefined} className="inline-flex size-6 shrink-0 items-center justify-center">
        {hasChildren && <ChevronRight size={14} className={cx('transition-transform', isOpen && 'rotate-90')} />}
      </span>
      <LineWords card={card} hidden={hidden} />
      <span className="sr-only">{state}</span>
    </div>
  );
}

const LineWords = memo(function LineWords({ card, hidden }: { card: SceneletCard; hidden: number }) {
  const { icon: KindIcon, ink } = KIND_LOOK[card.kind];
  return (
    <>
      <KindIcon size={14} className={cx('shrink-0', ink)} />
      <span className="font-mono font-semibold text-xs">{shortLabel(card.label)}</span>
      {card.choice !== null && <span className="shrink-0 font-medium text-ink">{card.choice}:</span>}
      <span dir="auto" className="min-w-0 truncate">
        {card.title}
      </span>
      {hidden > 0 && (
        <span
          aria-hidden
          className="rounded-full bg-accent-fill px-1.5 font-semibold text-on-accent text-xs tabular-nums"
        >
          +{hidden}
        </span>
      )}
    </>
  );
});
