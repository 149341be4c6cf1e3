'use client';

import { useEffect, useEffectEvent } from 'react';

export const PARAMETER = 'scenelet';

/** Follows when the address names another scenelet by itself: by a link, or the browser's way back. */
export function useFollowAddress(chosen: string | null, active: string, follow: (label: string) => void): void {
  const onChange = useEffectEvent((label: string) => {
    // What the router tells can be older than the address: then somebody has walked on already.
    const isCurrent = new URLSearchParams(window.location.search).get(PARAMETER) === label;
    if (isCurrent && label !== active) follow(label);
  });
  useEffect(() => {
    if (chosen !== null) onChange(chosen);
  }, [chosen]);
}
