import { cx } from '../../../components/index.ts';
import { ASSETS, STATE_INKS } from '../canvas/StateMarks.tsx';
import type { CardState } from '../model/cardState.ts';
import { progressWords } from '../model/cardWords.ts';

/** What there is of a scenelet, what is missing and what is being made. */
export function StateList({ state }: { state: CardState }) {
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
