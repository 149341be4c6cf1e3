import type { ReactNode } from 'react';

export interface ToastOptions {
  /** A toast with the id of a visible one replaces it. */
  id?: string;
  description?: ReactNode;
  action?: { label: string; onClick(): void };
  /** How long it stays, in milliseconds; Infinity until somebody closes it. */
  duration?: number;
}

export interface QueuedToast {
  level: 'success' | 'error' | 'warning' | 'info';
  title: string;
  options: ToastOptions;
}

type Show = (toast: QueuedToast) => void;

const waiting: QueuedToast[] = [];
const wanting = new Set<() => void>();
let show: Show | null = null;

/** Short messages in the corner of the page. The code that shows them is loaded with the first one. */
export const toast = {
  success: (title: string, options?: ToastOptions) => push('success', title, options),
  error: (title: string, options?: ToastOptions) => push('error', title, options),
  warning: (title: string, options?: ToastOptions) => push('warning', title, options),
  info: (title: string, options?: ToastOptions) => push('info', title, options),
};

function push(level: QueuedToast['level'], title: string, options: ToastOptions = {}): void {
  const queued = { level, title, options };
  if (show) {
    show(queued);
    return;
  }
  waiting.push(queued);
  for (const listener of wanting) listener();
}

/** Whether there has been a toast, for the component that shows them. */
export function areToastsWanted(): boolean {
  return show !== null || waiting.length > 0;
}

export function onToastsWanted(listener: () => void): () => void {
  wanting.add(listener);
  return () => wanting.delete(listener);
}

/** Takes over the waiting toasts, and all later ones. */
export function showToastsWith(shower: Show): void {
  show = shower;
  for (const queued of waiting.splice(0)) shower(queued);
}
