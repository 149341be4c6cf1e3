'use client';

import { useCallback, useEffect, useState } from 'react';

/** Which tasks a person has opened or closed. The wanted one is opened, brought into view and given the focus. */
export function useOpenTasks(wanted: string | null): {
  toggled: ReadonlyMap<string, boolean>;
  toggle(taskId: string, isOpen: boolean): void;
} {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<string | null>(null);
  const toggle = useCallback(
    (taskId: string, isOpen: boolean) => setToggled((known) => new Map(known).set(taskId, isOpen)),
    [],
  );
  if (wanted !== shown) {
    setShown(wanted);
    if (wanted !== null) toggle(wanted, true);
  }

  useEffect(() => {
    if (wanted === null) return;
    return whenThere(`[data-task="${CSS.escape(wanted)}"] [data-task-row]`, (row) => {
      row.scrollIntoView({ block: 'start' });
      row.focus({ preventScroll: true });
    });
  }, [wanted]);

  return { toggled, toggle };
}

/** Calls back once an element is there: its list may still have to be read. */
function whenThere(selector: string, found: (element: HTMLElement) => void): () => void {
  const look = () => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) return;
    observer.disconnect();
    found(element);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}
