import LoaderCircle from 'lucide-react/icons/loader-circle';
import { cx } from './cx.ts';

/** Turns while something goes on. With a label it speaks for itself; without one, what stands beside it has to. */
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
