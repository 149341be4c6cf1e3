import { cx } from '../../../components/index.ts';
import { type SceneletCard, shortLabel } from '../model/card.ts';
import type { CardState, Picture } from '../model/cardState.ts';
import { KIND_LOOK } from './kindLook.ts';
import { KeyFrame } from './Mosaic.tsx';
import { StateBar } from './StateMarks.tsx';

/** A card from further away: its first picture, its kind, label and title in large letters, and how far it is. */
export function TitleCard(props: { card: SceneletCard; state: CardState; pictures: readonly Picture[] }) {
  const { card, state, pictures } = props;
  const { icon: KindIcon, ink } = KIND_LOOK[card.kind];
  const [picture] = pictures;
  return (
    <>
      {picture && (
        <div className="relative min-h-0 flex-1 overflow-hidden rounded-t-[inherit] bg-sunken">
          <KeyFrame picture={picture} />
        </div>
      )}
      <div className={cx('flex flex-col gap-1.5 px-4 pt-2.5 pb-3.5', !picture && 'min-h-0 flex-1')}>
        <div className="flex shrink-0 items-center gap-2">
          <KindIcon size={24} className={cx('shrink-0', ink)} strokeWidth={2.4} />
          <span className="truncate font-mono font-semibold text-[22px] text-ink-soft leading-7">
            {shortLabel(card.label)}
          </span>
        </div>
        <p
          dir="auto"
          className={cx('line-clamp-3 font-display font-semibold text-[25px] leading-[30px]', !picture && 'mb-auto')}
        >
          {card.title}
        </p>
        <StateBar state={state} />
      </div>
    </>
  );
}
