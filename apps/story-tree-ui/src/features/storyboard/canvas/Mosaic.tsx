import ImageIcon from 'lucide-react/icons/image';
import { cx } from '../../../components/index.ts';
import { pictureSources } from '../../kit/index.ts';
import { CARD_PARTS } from '../model/cardHeight.ts';
import type { Picture } from '../model/cardState.ts';

const SHOWN = 3;

/** The key frames of a scenelet: the first one large, the next two beside it, and how many more there are. */
export function Mosaic({ pictures }: { pictures: readonly Picture[] }) {
  const shown = pictures.slice(0, SHOWN);
  const more = pictures.length - shown.length;
  return (
    <div
      className={cx(
        'grid shrink-0 gap-0.5 overflow-hidden rounded-t-[inherit] bg-line',
        shown.length === 1 ? 'grid-cols-1' : 'grid-cols-3 grid-rows-2',
      )}
      style={{ height: CARD_PARTS.pictures }}
    >
      {shown.map((picture, at) => (
        <div
          key={picture.shotIndex}
          className={cx(
            'relative min-h-0 min-w-0 bg-sunken',
            shown.length > 1 && at === 0 && 'col-span-2 row-span-2',
            shown.length === 2 && at === 1 && 'row-span-2',
          )}
        >
          <KeyFrame picture={picture} />
          {more > 0 && at === SHOWN - 1 && (
            <span className="absolute end-1 bottom-1 rounded-full bg-raised px-1.5 font-medium text-[11px] text-ink leading-4.5">
              +{more}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** A key frame, or a placeholder until it is made; it fills its container. */
export function KeyFrame({ picture: { source, isBeingMade } }: { picture: Picture }) {
  if (source === null) {
    return (
      <span
        className={cx(
          'absolute inset-0 flex items-center justify-center',
          isBeingMade ? 'animate-breathe bg-busy-wash text-busy' : 'text-ink-faint',
        )}
      >
        <ImageIcon size={20} strokeWidth={1.5} />
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: key frames are generated files, served as they are
    <img
      {...pictureSources(source)}
      sizes="20rem"
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className={cx('absolute inset-0 size-full object-cover', isBeingMade && 'animate-breathe')}
    />
  );
}
