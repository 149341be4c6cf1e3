'use client';

import { Progress as Base } from '@base-ui/react/progress';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { cx } from './cx.ts';

const TONES = { busy: 'bg-accent-fill', good: 'bg-good', bad: 'bg-bad', idle: 'bg-line-strong' };

/** Stripes over all of the bar: at work, and no share of it is claimed to be done. */
const UNKNOWN =
  'data-indeterminate:w-full data-indeterminate:animate-breathe data-indeterminate:bg-transparent data-indeterminate:bg-[repeating-linear-gradient(-45deg,var(--accent-fill)_0_0.375rem,transparent_0.375rem_0.75rem)]';

/**
 * The progress of something. `value` is a percentage, 0 for what has not begun; null for what is at work without anybody
 * knowing how far it is.
 */
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
  /** Only screen readers get the label; what is around it has to show it. */
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
          className={cx('block h-full rounded-full transition-[width] duration-300 ease-out', TONES[tone], UNKNOWN)}
        />
      </Base.Track>
    </Base.Root>
  );
}

/**
 * Spins while something is in progress. With a label it is announced by itself; without one, the text beside it has to
 * say what is in progress.
 */
export function Spinner({ label, size = 16, className }: { label?: string; size?: number; className?: string }) {
  const icon = <LoaderCircle size={size} className={cx('shrink-0 animate-spin', className)} />;
  if (!label) return icon;
  return (
    <span role="status" className="inline-flex items-center gap-2 text-ink-soft">
      {icon}
      <span>{label}</span>
    </span>
  );
}

/** A placeholder while something loads. Hidden from screen readers: the element around it says that it is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('animate-breathe rounded-control bg-sunken', className)} />;
}

/** A few lines of text to come. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <div aria-hidden="true" className="space-y-2.5">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have no other name
        <Skeleton key={line} className={cx('h-4', line === lines - 1 && 'w-3/5')} />
      ))}
    </div>
  );
}
