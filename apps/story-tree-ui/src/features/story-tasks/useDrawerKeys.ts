'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';

/** While the drawer is open: `t` closes it again, `j` and `k` go from task to task within it. */
export function useDrawerKeys(isOpen: boolean, list: RefObject<HTMLElement | null>, onClose: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isSpokenFor(event)) return;
    if (event.key === 't') onClose();
    else if (event.key !== 'j' && event.key !== 'k') return;
    else if (!step(list.current, event.key === 'j' ? 1 : -1)) return;
    event.preventDefault();
  });
  useEffect(() => {
    if (!isOpen) return;
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isOpen]);
}

/** Moves the focus on by so many tasks. @returns false when it is not in the drawer */
function step(list: HTMLElement | null, by: 1 | -1): boolean {
  const focused = document.activeElement;
  if (!list?.closest('[role="dialog"]')?.contains(focused)) return false;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-task-row]')];
  const current = rows.findIndex((row) => row.closest('[data-task]')?.contains(focused));
  const next = current < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, current + by));
  rows[next]?.focus();
  return true;
}

function isSpokenFor(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target as HTMLElement;
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  return document.querySelector('[role="alertdialog"], [role="menu"]') !== null;
}
