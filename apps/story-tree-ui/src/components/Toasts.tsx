'use client';

import { useEffect } from 'react';
import { toast as sonner, Toaster } from 'sonner';
import { showToastsWith } from './toast.ts';

const LOOK = {
  toast:
    'flex w-(--width) items-start gap-3 rounded-card border border-line bg-raised p-4 pe-10 font-sans text-ink text-sm shadow-float',
  icon: 'mt-0.5 shrink-0',
  content: 'min-w-0 flex-1 break-words',
  title: 'font-semibold leading-snug',
  description: 'mt-0.5 text-ink-soft leading-snug',
  actionButton: 'shrink-0 self-center rounded-control px-2.5 py-1 font-medium text-accent hover:bg-accent-wash',
  closeButton: 'absolute end-2.5 top-2.5 rounded-control p-1 text-ink-faint hover:bg-sunken hover:text-ink',
  success: '[&_[data-icon]]:text-good',
  error: '[&_[data-icon]]:text-bad',
  warning: '[&_[data-icon]]:text-warn',
  info: '[&_[data-icon]]:text-busy',
};

/** Above the row of controls of whatever window is open. */
const BOTTOM = 'calc(1.25rem + var(--toast-lift, 0px))';

/** The corner that toasts appear in: across from the sheets and the buttons that people act with. */
export default function Toasts() {
  useEffect(() => showToastsWith(({ level, title, options }) => sonner[level](title, options)), []);
  return (
    <Toaster
      position="bottom-left"
      offset={{ bottom: BOTTOM }}
      mobileOffset={{ bottom: BOTTOM }}
      closeButton
      containerAriaLabel="Notifications"
      toastOptions={{ unstyled: true, classNames: LOOK }}
    />
  );
}
