'use client';

import type { NodeProps } from '@xyflow/react';
import Plus from 'lucide-react/icons/plus';
import { memo, use, useMemo } from 'react';
import { cx } from '../../../components/index.ts';
import { useStoryPage, useStoryWork } from '../../kit/index.ts';
import type { SceneletCard } from '../model/card.ts';
import { type CardState, cardState, type Picture, pictures } from '../model/cardState.ts';
import { LevelContext, useScene } from '../storyboardContext.ts';
import type { SceneletFlowNode } from './flowElements.ts';
import { FullCard, TitleCard } from './SceneletCards.tsx';

/** A scenelet on the canvas, in as much detail as the zoom allows. */
export function SceneletNode({ id }: NodeProps<SceneletFlowNode>) {
  const { board, folded, active, path, found } = useScene();
  const level = use(LevelContext);
  const card = board.cards.get(id);
  const { isMaking } = useStoryWork();
  const { addressOf } = useStoryPage();
  const live = useMemo(
    () => card && { state: cardState(card, isMaking), pictures: pictures(card, isMaking, addressOf) },
    [card, isMaking, addressOf],
  );
  // Between a change of the story and the next layout, a card may be gone already.
  if (card === undefined || live === undefined) return null;
  return (
    <Sheet
      card={card}
      state={live.state}
      pictures={live.pictures}
      isTitleOnly={level !== 'card'}
      isActive={id === active}
      isOnPath={path.has(id)}
      isFound={found.has(id)}
      hidden={folded.has(id) ? (board.below.get(id) ?? 0) : 0}
    />
  );
}

interface SheetProps {
  card: SceneletCard;
  state: CardState;
  pictures: readonly Picture[];
  isTitleOnly: boolean;
  isActive: boolean;
  isOnPath: boolean;
  isFound: boolean;
  /** How many scenelets are folded away behind it. */
  hidden: number;
}

const Sheet = memo(function Sheet(props: SheetProps) {
  const { card, state, isTitleOnly, isActive, isOnPath, isFound, hidden } = props;
  return (
    <div
      data-scenelet={card.label}
      data-kind={card.kind}
      data-active={isActive || undefined}
      data-on-path={isOnPath || undefined}
      className={cx(
        'group/card relative flex size-full cursor-pointer flex-col rounded-card border bg-raised text-ink shadow-card',
        card.kind === 'open' && !isOnPath && 'border-warn border-dashed',
        card.kind !== 'open' && !isOnPath && 'border-line',
        isOnPath && 'border-accent',
        isFound && !isActive && 'outline-3 outline-busy outline-offset-2',
        isActive && 'outline-3 outline-accent',
      )}
    >
      {/* Where edges end, for when React Flow measures a card that it has mounted. */}
      <span className="target absolute left-0 top-1/2" data-handlepos="left" />
      <span className="source absolute right-0 top-1/2" data-handlepos="right" />
      {isTitleOnly ? (
        <TitleCard card={card} state={state} pictures={props.pictures} />
      ) : (
        <FullCard card={card} state={state} pictures={props.pictures} />
      )}
      {card.children > 0 && <FoldMark hidden={hidden} isLarge={isTitleOnly} isActive={isActive} />}
    </div>
  );
});

/** For pointers: folds or unfolds what follows. The outline does it by keyboard. */
function FoldMark({ hidden, isLarge, isActive }: { hidden: number; isLarge: boolean; isActive: boolean }) {
  return (
    <span
      data-fold
      className={cx(
        'absolute top-1/2 -right-3.5 flex h-7 min-w-7 -translate-y-1/2 items-center justify-center rounded-full border px-1.5 font-semibold tabular-nums',
        isLarge ? 'scale-150 text-[13px]' : 'text-[12px]',
        hidden > 0
          ? 'border-accent bg-accent-fill text-on-accent'
          : 'border-line-strong bg-raised text-ink-soft hover:text-ink',
        hidden === 0 && !isActive && 'opacity-0 hover:opacity-100 group-hover/card:opacity-100',
      )}
    >
      {hidden > 0 ? (
        <>
          <Plus size={12} strokeWidth={3} />
          {hidden}
        </>
      ) : (
        '–'
      )}
    </span>
  );
}
