import Compass from 'lucide-react/icons/compass';
import type { ReactNode } from 'react';
import { ButtonLink } from './Button.tsx';
import type { Icon } from './icon.ts';
import { PageBody } from './PageBody.tsx';

/** Says what would be here, and how to get it. */
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

/** For an address that leads nowhere: what may have happened, and a link onwards. */
export function NothingHere({
  of = 'page',
  title,
  href,
  way,
  children,
}: {
  /** Whether the whole page is missing, or a part of an existing page that has its own heading. */
  of?: 'page' | 'part';
  title: string;
  href: string;
  /** The label of that link. */
  way: string;
  children: ReactNode;
}) {
  return (
    <PageBody>
      {of === 'page' && <h1 className="sr-only">Not found</h1>}
      <EmptyState
        icon={Compass}
        title={title}
        actions={
          <ButtonLink href={href} variant="primary">
            {way}
          </ButtonLink>
        }
      >
        <p>{children}</p>
      </EmptyState>
    </PageBody>
  );
}
