'use client';

import { useSyncExternalStore } from 'react';

const NARROW = '(width < 40rem)';

/** Whether the window is so narrow that a side sheet covers the whole screen. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
