'use client';

import { useQuery } from '@tanstack/react-query';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';

/** All versions of a story's constitution, newest first. */
export function useConstitutionVersions(storyId: string) {
  return useQuery({
    queryKey: queryKeys.constitutionVersions(storyId),
    queryFn: async ({ signal }) => {
      const path = `/api/stories/${encodeURIComponent(storyId)}/constitution-versions`;
      return (await api.get<{ versions: ConstitutionVersionOnWire[] }>(path, { signal })).versions;
    },
  });
}
