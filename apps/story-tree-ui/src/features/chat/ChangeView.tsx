'use client';

import ChevronRight from 'lucide-react/icons/chevron-right';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { cx, SkeletonText } from '../../components/index.ts';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { Scrollable } from '../kit/index.ts';
import type { ConstitutionChange } from './exchanges.ts';
import { UndoButton } from './UndoButton.tsx';

const DiffView = dynamic(() => import('../versions/DiffView.tsx'), { loading: () => <SkeletonText lines={4} /> });

/** What an exchange has changed, word by word, with the way back. */
export function ChangeView({
  change: { before, after },
  versions,
  opened,
}: {
  change: ConstitutionChange;
  versions: readonly ConstitutionVersionOnWire[];
  /** Whether it is open until the person says otherwise. */
  opened: boolean;
}) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const isOpen = chosen ?? opened;
  return (
    <section
      aria-label={`What changed in version ${after.version}`}
      className="overflow-hidden rounded-card border border-line bg-raised"
    >
      <header className="flex flex-wrap items-center justify-between gap-2 px-3.5 py-2.5">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex items-center gap-2 rounded text-start text-sm"
        >
          <ChevronRight size={16} className={cx('text-ink-faint transition-transform', isOpen && 'rotate-90')} />
          <span className="font-medium">Version {after.version}</span>
          <span className="text-ink-soft">what changed</span>
        </button>
        <UndoButton before={before} after={after} versions={versions} />
      </header>
      {isOpen && (
        <Scrollable
          label={`Changes of version ${after.version}`}
          className="max-h-96 border-line border-t px-3.5 py-3 [&_div]:text-[0.9375rem]"
        >
          <DiffView before={before.markdown} after={after.markdown} />
        </Scrollable>
      )}
    </section>
  );
}
