'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * One parameter of the address as state: null when it is absent. Setting it replaces the address at once, without
 * asking the server.
 */
export function useAddressParam(name: string): [string | null, (value: string | null) => void] {
  const pathname = usePathname();
  const value = useSearchParams().get(name);
  const set = useCallback(
    (next: string | null) => {
      const query = new URLSearchParams(window.location.search);
      if (next === null) query.delete(name);
      else query.set(name, next);
      window.history.replaceState(null, '', query.size > 0 ? `${pathname}?${query}` : pathname);
    },
    [name, pathname],
  );
  return [value, set];
}
