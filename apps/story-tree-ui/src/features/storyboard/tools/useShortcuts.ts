'use client';

import { useEffect, useEffectEvent } from 'react';

/** What keys do anywhere on the page, unless somebody is typing or a window is open. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const ELSEWHERE = 'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]';

/** Keys by `KeyboardEvent.key`; those with Control or Command begin with `Mod+`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const isModified = event.ctrlKey || event.metaKey;
    const action = shortcuts[isModified ? `Mod+${event.key.toLowerCase()}` : event.key];
    if (action === undefined) return;
    if (!isModified && event.target instanceof Element && event.target.closest(ELSEWHERE)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
