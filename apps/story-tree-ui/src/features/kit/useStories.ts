'use client';

import { useQuery } from '@tanstack/react-query';
import type { ShotRequests, StoryCard, StoryDetail } from '../../wire/index.ts';
import { api, queryKeys } from '../client/index.ts';

/** All stories, newest first. */
export function useStories() {
  return useQuery({
    queryKey: queryKeys.stories,
    queryFn: async ({ signal }) => (await api.get<{ stories: StoryCard[] }>('/api/stories', { signal })).stories,
  });
}

/** Everything about one story. Its tasks keep it fresh. */
export function useStory(storyId: string) {
  return useQuery({
    queryKey: queryKeys.storyDetail(storyId),
    queryFn: ({ signal }) => api.get<StoryDetail>(`/api/stories/${encodeURIComponent(storyId)}`, { signal }),
  });
}

/** What the models were last asked for one shot. */
export function useShotRequests(storyId: string, shotId: string) {
  return useQuery({
    queryKey: queryKeys.shotRequests(storyId, shotId),
    queryFn: ({ signal }) => {
      const path = `/api/stories/${encodeURIComponent(storyId)}/shots/${encodeURIComponent(shotId)}/prompt`;
      return api.get<ShotRequests>(path, { signal });
    },
  });
}
