'use client';

import { useQuery } from '@tanstack/react-query';
import type { RunEstimate } from '../../wire/index.ts';
import { api } from '../shell/api.ts';
import { queryKeys } from '../shell/queryKeys.ts';

/** What is to be foreseen: a story that is yet to be made, or a run of one that there is. */
export type Foreseeable =
  | { targetScenelets: string; until: string | null }
  | { storyId: string; task: string; override: boolean };

/** Asks what a run is going to take. */
export function useEstimate(wanted: Foreseeable) {
  const path = pathOf(wanted);
  return useQuery({
    queryKey: 'storyId' in wanted ? queryKeys.storyEstimate(wanted.storyId, path) : queryKeys.estimate(path),
    queryFn: ({ signal }) => api.get<RunEstimate>(path, { signal }),
  });
}

function pathOf(wanted: Foreseeable): string {
  if ('storyId' in wanted) {
    const { storyId, task, override } = wanted;
    const query = new URLSearchParams({ task, ...(override ? { override: 'true' } : {}) });
    return `/api/stories/${encodeURIComponent(storyId)}/estimate?${query}`;
  }
  const { targetScenelets, until } = wanted;
  const query = new URLSearchParams({
    ...(targetScenelets === '' ? {} : { targetScenelets }),
    ...(until === null ? {} : { until }),
  });
  return `/api/estimate?${query}`;
}
