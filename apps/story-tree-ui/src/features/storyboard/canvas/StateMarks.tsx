import AudioLines from 'lucide-react/icons/audio-lines';
import Clapperboard from 'lucide-react/icons/clapperboard';
import ImageIcon from 'lucide-react/icons/image';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { cx, type Icon } from '../../../components/index.ts';
import { type AssetProgress, type AssetState, type CardState, progressWords } from '../model/cardState.ts';

/** What is made for a scenelet, in the order in which it is made. */
export const ASSETS = [
  { key: 'shots', name: 'Shots', icon: Clapperboard },
  { key: 'keyFrames', name: 'Key frames', icon: ImageIcon },
  { key: 'speech', name: 'Speech', icon: AudioLines },
] as const satisfies readonly { key: keyof CardState; name: string; icon: Icon }[];

/** The colour of each state. */
export const STATE_INKS: Record<AssetState, string> = {
  missing: 'text-ink-faint',
  making: 'text-busy',
  done: 'text-good',
};
const FILLS: Record<AssetState, string> = {
  missing: 'bg-line',
  making: 'bg-busy animate-breathe',
  done: 'bg-good',
};

/** The live state of a card, in a line: an icon and a count for each kind of asset. */
export function StateMarks({ state }: { state: CardState }) {
  return (
    <span className="flex items-center gap-3.5">
      {ASSETS.map(({ key, name, icon: AssetIcon }) => {
        const progress = state[key];
        const Shown = progress.state === 'making' ? LoaderCircle : AssetIcon;
        return (
          <span
            key={key}
            title={`${name}: ${progressWords(progress)}`}
            data-asset={key}
            data-state={progress.state}
            className={cx('inline-flex items-center gap-1 text-[12px] tabular-nums', STATE_INKS[progress.state])}
          >
            <Shown size={14} className={progress.state === 'making' ? 'animate-spin' : ''} />
            {countWords(progress)}
          </span>
        );
      })}
    </span>
  );
}

/** The same as a bar of three parts, for when words are too small. */
export function StateBar({ state }: { state: CardState }) {
  return (
    <span className="flex gap-1.5">
      {ASSETS.map(({ key }) => (
        <span
          key={key}
          data-asset={key}
          data-state={state[key].state}
          className={cx('h-2 flex-1 rounded-full', FILLS[state[key].state])}
        />
      ))}
    </span>
  );
}

function countWords({ state, done, total }: AssetProgress): string {
  if (total === 0) return state === 'done' ? '–' : '0';
  return state === 'done' ? String(total) : `${done}/${total}`;
}
