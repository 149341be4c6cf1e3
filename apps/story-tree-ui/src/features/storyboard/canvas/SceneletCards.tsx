import CircleHelp from 'lucide-react/icons/circle-help';
import PenLine from 'lucide-react/icons/pen-line';
import { Badge, cx } from '../../../components/index.ts';
import { type SceneletCard, shortLabel } from '../model/card.ts';
import { CARD_PARTS, SPOKEN_LINES, textLines } from '../model/cardHeight.ts';
import type { CardState, Picture } from '../model/cardState.ts';
import { KIND_LOOK, KindBadge } from './KindBadge.tsx';
import { KeyFrame, Mosaic } from './Mosaic.tsx';
import { StateBar, StateMarks } from './StateMarks.tsx';

/** A card with everything on it. Its parts have the heights that the layout assumes. */
export function FullCard(props: { card: SceneletCard; state: CardState; pictures: readonly Picture[] }) {
  const { card, state, pictures } = props;
  const lines = textLines(card);
  return (
    <>
      {pictures.length > 0 && <Mosaic pictures={pictures} />}
      <div className="flex min-h-0 flex-1 flex-col px-3.5">
        <div className="flex shrink-0 items-center justify-between gap-2" style={{ height: CARD_PARTS.header }}>
          <span className="truncate font-mono font-semibold text-[12px] text-ink-soft">{card.label}</span>
          {state.isContinued ? (
            <Badge tone="busy" icon={PenLine}>
              Being written
            </Badge>
          ) : (
            <KindBadge kind={card.kind} />
          )}
        </div>
        <p
          className="shrink-0 overflow-hidden font-display font-semibold text-[15px]"
          style={{ height: lines.title * CARD_PARTS.titleLine, lineHeight: `${CARD_PARTS.titleLine}px` }}
        >
          <span dir="auto" className={lines.title === 1 ? 'line-clamp-1' : 'line-clamp-2'}>
            {card.title}
          </span>
        </p>
        {lines.rest > 0 && (
          <p
            dir="auto"
            className="mt-1 line-clamp-3 shrink-0 text-[12.5px] text-ink-soft"
            style={{ maxHeight: lines.rest * CARD_PARTS.restLine, lineHeight: `${CARD_PARTS.restLine}px` }}
          >
            {card.rest}
          </p>
        )}
        <SpokenLines lines={card.lines} />
        {card.choicePrompt !== null && <Question words={card.choicePrompt} />}
      </div>
      <div
        className="flex shrink-0 items-center justify-between gap-2 rounded-b-[inherit] border-line border-t bg-sheet px-3.5"
        style={{ height: CARD_PARTS.footer }}
      >
        <StateMarks state={state} />
        {card.lines.length > SPOKEN_LINES && (
          <span className="text-[11.5px] text-ink-faint">{card.lines.length} lines</span>
        )}
      </div>
    </>
  );
}

function SpokenLines({ lines }: { lines: SceneletCard['lines'] }) {
  if (lines.length === 0) return null;
  return (
    <div className="shrink-0" style={{ paddingTop: CARD_PARTS.gap }}>
      {lines.slice(0, SPOKEN_LINES).map(({ character, line }, at) => (
        <p
          // biome-ignore lint/suspicious/noArrayIndexKey: the same person may say the same words twice
          key={at}
          dir="auto"
          className="truncate text-[12px] text-ink-soft"
          style={{ lineHeight: `${CARD_PARTS.spokenLine}px` }}
        >
          <span className="font-semibold text-ink">{character}</span> “{line}”
        </p>
      ))}
    </div>
  );
}

function Question({ words }: { words: string }) {
  return (
    <div
      className="mt-2 flex shrink-0 items-center gap-2 rounded-control bg-accent-wash px-2.5 font-medium text-[12.5px] text-accent"
      style={{ height: CARD_PARTS.question }}
    >
      <CircleHelp size={15} className="shrink-0" />
      <span dir="auto" className="truncate">
        {words}
      </span>
    </div>
  );
}

/** A card from further away: its first picture, its kind, label and title in large letters, and its progress. */
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
