'use client';

import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { clearOfToasts } from './clearOfToasts.ts';
import { BACKDROP } from './overlay.ts';

/** Asks before something that cannot be undone. The focus is on cancelling, not on the action. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  confirmLabel,
  cancelLabel = 'Cancel',
  onConfirm,
  busy = false,
  danger = true,
  children,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  /** A verb with its object, such as "Delete story". */
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm(): void;
  busy?: boolean;
  danger?: boolean;
  /** What will happen, and what will be lost. */
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup className="fixed inset-x-0 top-1/2 z-40 mx-auto max-h-[86dvh] w-[calc(100%-2rem)] max-w-md -translate-y-1/2 overflow-y-auto rounded-sheet bg-raised p-6 text-ink shadow-float outline-none transition-[opacity,scale] duration-200 ease-out data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0">
          <Base.Title className="text-xl">{title}</Base.Title>
          <Base.Description render={<div />} className="mt-2 space-y-2 text-ink-soft text-sm">
            {children}
          </Base.Description>
          <div ref={clearOfToasts} className="mt-6 flex flex-wrap justify-end gap-3">
            <Base.Close render={<Button>{cancelLabel}</Button>} />
            <Button variant={danger ? 'danger' : 'primary'} loading={busy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
