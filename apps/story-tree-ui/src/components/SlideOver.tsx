'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import type { ReactNode, RefObject } from 'react';
import { clearOfToasts } from './clearOfToasts.ts';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { BACKDROP } from './overlay.ts';

const WIDTHS = { narrow: 'sm:max-w-sm', medium: 'sm:max-w-lg', wide: 'sm:max-w-2xl' };

/**
 * A sheet from the right edge. When it is not modal, the page beside it remains usable and clicks there leave it open;
 * Escape closes it either way.
 */
export function SlideOver({
  open,
  onOpenChange,
  title,
  description,
  actions,
  footer,
  modal = true,
  size = 'medium',
  initialFocus,
  children,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode;
  /** Beside the close button. */
  actions?: ReactNode;
  footer?: ReactNode;
  modal?: boolean;
  size?: keyof typeof WIDTHS;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={modal} disablePointerDismissal={!modal}>
      <Base.Portal>
        {modal && <Base.Backdrop className={BACKDROP} />}
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={cx(
            'fixed inset-y-0 end-0 z-40 flex w-full flex-col border-line border-s bg-sheet text-ink shadow-float outline-none',
            'transition-transform duration-250 ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full',
            WIDTHS[size],
          )}
        >
          {/* No <header>: beside a usable page, it would be a second banner. */}
          <div className="flex items-start gap-2 border-line border-b px-5 py-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-xl">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-ink-soft text-sm">{description}</Base.Description>
              )}
            </div>
            {actions}
            <Base.Close render={<IconButton label="Close" icon={X} size="small" side="left" />} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer && (
            <div ref={clearOfToasts} className="border-line border-t px-5 py-4">
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
