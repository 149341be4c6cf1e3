'use client';

import { useQuery } from '@tanstack/react-query';
import type { StoryCard, StoryDetail } from '../../wire/index.ts';
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
