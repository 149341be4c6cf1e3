'use client';

import { Progress as Base } from '@base-ui/react/progress';
import { cx } from './cx.ts';

const TONES = { busy: 'bg-accent-fill', good: 'bg-good', bad: 'bg-bad', idle: 'bg-line-strong' };

/** How far something has come. `value` is percent; null while that cannot be known. */
export function Progress({
  label,
  value,
  tone = 'busy',
  hideLabel = false,
  className,
}: {
  label: string;
  value: number | null;
  tone?: keyof typeof TONES;
  /** Only screen readers are told the label; what stands around it has to show it. */
  hideLabel?: boolean;
  className?: string;
}) {
  return (
    <Base.Root value={value} className={cx('block w-full', className)}>
      <div className={hideLabel ? 'sr-only' : 'mb-1.5 flex justify-between gap-3 text-sm'}>
        <Base.Label className="min-w-0 truncate">{label}</Base.Label>
        <Base.Value className="text-ink-soft tabular-nums" />
      </div>
      <Base.Track className="block h-1.5 overflow-hidden rounded-full bg-sunken shadow-[inset_0_0_0_1px_var(--line)]">
        <Base.Indicator
          className={cx(
            'block h-full rounded-full transition-[width] duration-300 ease-out data-indeterminate:w-1/3 data-indeterminate:animate-breathe',
            TONES[tone],
          )}
        />
      </Base.Track>
    </Base.Root>
  );
}
