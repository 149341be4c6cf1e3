'use client';

import { useSyncExternalStore } from 'react';

const NARROW = '(width < 40rem)';

/** Whether a sheet from the side covers the whole screen. */
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
