'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import type { ReactNode, RefObject } from 'react';
import { clearOfToasts } from './clearOfToasts.ts';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { BACKDROP } from './overlay.ts';

const WIDTHS = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-3xl', wide: 'max-w-5xl' };

/** A window over the page. Its body scrolls; title and footer stay. On a phone it rises from the lower edge. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  size = 'medium',
  initialFocus,
  children,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  size?: keyof typeof WIDTHS;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={cx(
            'fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-sheet bg-raised text-ink shadow-float outline-none',
            'sm:top-1/2 sm:bottom-auto sm:max-h-[86dvh] sm:w-[calc(100%-3rem)] sm:-translate-y-1/2 sm:rounded-sheet',
            'transition-[opacity,scale] duration-200 ease-out data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0',
            WIDTHS[size],
          )}
        >
          <header className="px-5 pt-5 pe-14 pb-3 sm:px-7 sm:pe-16 sm:pt-6">
            <Base.Title className="text-xl sm:text-2xl">{title}</Base.Title>
            {description && <Base.Description className="mt-1 text-ink-soft text-sm">{description}</Base.Description>}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-2 pb-5 [mask-image:linear-gradient(to_bottom,transparent,black_0.5rem,black_calc(100%-1rem),transparent)] sm:px-7">
            {children}
          </div>
          {footer && (
            <footer
              ref={clearOfToasts}
              className="flex flex-wrap items-center justify-end gap-3 border-line border-t px-5 py-4 sm:px-7"
            >
              {footer}
            </footer>
          )}
          {/* Last, so that the focus starts at the content of the window. */}
          <Base.Close
            render={<IconButton label="Close" icon={X} size="small" side="left" className="absolute end-4 top-4" />}
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
