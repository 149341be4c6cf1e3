import { cx } from './cx.ts';

/** Stands where something will be. Hidden from screen readers: the place around it says that it loads. */
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
