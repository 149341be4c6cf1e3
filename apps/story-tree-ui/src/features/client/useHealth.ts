'use client';

import { useQuery } from '@tanstack/react-query';
import type { Health } from '../../wire/index.ts';
import { api } from './api.ts';
import { queryKeys } from './queryKeys.ts';

const EVERY_MS = 30_000;

/**
 * The state of the server: its parts, its workers, the mode of new stories. Read again every half minute by default.
 */
export function useHealth(everyMs = EVERY_MS) {
  return useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => api.get<Health>('/api/health', { signal }),
    refetchInterval: everyMs,
  });
}
