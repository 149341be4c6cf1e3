'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { type TaskEvent, useTaskMessages } from '../live/index.ts';

const NONE: ReadonlyMap<string, string> = new Map();

const listeners = new Set<() => void>();
/** By the address of a file: the event that last said that it was made. It outlasts pages, as the browser's memory does. */
let versions = NONE;

/** Follows which files are made. Once for all pages, so that none is missed while another page is open. */
export function useNoteMadeFiles(): void {
  useTaskMessages(({ task, event }) => {
    if (task.storyId === null || event.step !== 'unit-done') return;
    void noteMadeFile(task.storyId, event);
  });
}

async function noteMadeFile(storyId: string, event: TaskEvent): Promise<void> {
  // Most visits see nothing being made.
  const { madeFile } = await import('./madeFile.ts');
  const address = madeFile(storyId, event);
  if (address === null) return;
  versions = new Map(versions).set(address, event.id);
  for (const listener of listeners) listener();
}

/**
 * Addresses of files as they are now. A file keeps its path when it is regenerated, and the browser would keep showing the
 * old one: so its address changes when an event says that it was made.
 */
export function useFreshAddress(): (address: string | null) => string | null {
  const known = useSyncExternalStore(
    subscribe,
    () => versions,
    () => NONE,
  );
  return useCallback(
    (address) => {
      const version = address === null ? undefined : known.get(address);
      return version === undefined ? address : `${address}?v=${version}`;
    },
    [known],
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
