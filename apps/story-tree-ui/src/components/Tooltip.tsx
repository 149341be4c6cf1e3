'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

/**
 * A hint about what is under the pointer or focused. It only repeats what the trigger says by its name and
 * `aria-description`: a tooltip never shows on a touch screen and is not read out.
 */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  text: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={8} className="z-50">
          {/* Hidden from screen readers, which know it from the trigger. */}
          <Base.Popup
            aria-hidden="true"
            className="max-w-72 rounded-control bg-ink px-2.5 py-1.5 text-paper text-xs leading-snug shadow-float transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
