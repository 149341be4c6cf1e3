import { cx } from '../../../components/index.ts';
import { type SceneletCard, shortLabel } from '../model/card.ts';
import type { CardState, Picture } from '../model/cardState.ts';
import { KIND_LOOK } from './kindLook.ts';
import { Mosaic } from './Mosaic.tsx';
import { StateBar } from './StateMarks.tsx';

const INKS = { branch: 'text-accent', ending: 'text-good', open: 'text-warn', step: 'text-ink-faint' } as const;

/** A card from further away: one picture, its kind, label and title in large letters, and how far it is. */
export function TitleCard(props: { card: SceneletCard; state: CardState; pictures: readonly Picture[] }) {
  const { card, state, pictures } = props;
  const { icon: KindIcon } = KIND_LOOK[card.kind];
  return (
    <>
      {pictures.length > 0 && <Mosaic pictures={pictures} onlyFirst />}
      <div className="flex min-h-0 flex-1 flex-col gap-1 px-4 pt-2 pb-3">
        <div className="flex shrink-0 items-center gap-2">
          <KindIcon size={22} className={cx('shrink-0', INKS[card.kind])} strokeWidth={2.4} />
          <span className="truncate font-mono font-semibold text-[19px] text-ink-soft">{shortLabel(card.label)}</span>
        </div>
        <p dir="auto" className="min-h-0 flex-1 overflow-hidden font-display font-semibold text-[22px] leading-[27px]">
          {card.title}
        </p>
        <StateBar state={state} />
      </div>
    </>
  );
}
