import Compass from 'lucide-react/icons/compass';
import type { ReactNode } from 'react';
import { ButtonLink } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';
import { PageBody } from './PageBody.tsx';

/** For an address that leads nowhere: what may have happened, and the way on. */
export function NothingHere({
  of = 'page',
  title,
  href,
  way,
  children,
}: {
  /** Whether the whole page is missing, or a part of one that is there and has its heading. */
  of?: 'page' | 'part';
  title: string;
  href: string;
  /** Where the way on leads, in words. */
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
