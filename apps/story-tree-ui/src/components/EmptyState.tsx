import type { ReactNode } from 'react';
import type { Icon } from './icon.ts';

/** Says what would be here, and how it gets here. */
export function EmptyState({
  icon: StateIcon,
  title,
  children,
  actions,
}: {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center px-4 py-14 text-center">
      {StateIcon && (
        <span className="mb-4 inline-flex size-14 items-center justify-center rounded-full bg-accent-wash text-accent">
          <StateIcon size={24} strokeWidth={1.6} />
        </span>
      )}
      <h2 className="text-xl">{title}</h2>
      {children && <div className="mt-2 text-ink-soft text-sm">{children}</div>}
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}
