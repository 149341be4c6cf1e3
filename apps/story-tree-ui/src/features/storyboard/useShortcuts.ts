'use client';

import { useEffect, useEffectEvent } from 'react';

/** Keyboard shortcuts for the whole page, unless somebody is typing or a window is open. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const ELSEWHERE = 'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]';

/** Keys by `KeyboardEvent.key` in lower case; those with Control or Command begin with `mod+`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const isModified = event.ctrlKey || event.metaKey;
    const action = shortcuts[`${isModified ? 'mod+' : ''}${event.key.toLowerCase()}`];
    if (action === undefined) return;
    if (!isModified && event.target instanceof Element && event.target.closest(ELSEWHERE)) return;
    // The browser closes a popover by itself, and nothing else should close with it.
    if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
