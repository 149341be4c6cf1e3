'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../../components/index.ts';
import type { StoryCard, StoryDetail } from '../../wire/index.ts';
import { type ApiError, api, queryKeys } from '../client/index.ts';

interface Before {
  displayName: string | undefined;
}

/** Renames a story: the new name shows at once, in its page and in the list, and goes again if the server refuses. */
export function useRenameStory(storyId: string) {
  const queryClient = useQueryClient();
  const detailKey = queryKeys.storyDetail(storyId);

  function show(displayName: string): void {
    queryClient.setQueryData<StoryCard[]>(queryKeys.stories, (list) =>
      list?.map((card) => (card.id === storyId ? { ...card, displayName } : card)),
    );
    queryClient.setQueryData<StoryDetail>(
      detailKey,
      (detail) => detail && { ...detail, story: { ...detail.story, displayName } },
    );
  }

  function shown(): string | undefined {
    const list = queryClient.getQueryData<StoryCard[]>(queryKeys.stories);
    const detail = queryClient.getQueryData<StoryDetail>(detailKey);
    return detail?.story.displayName ?? list?.find(({ id }) => id === storyId)?.displayName;
  }

  return useMutation<unknown, ApiError, string, Before>({
    mutationKey: ['rename-story', storyId],
    // One after the other, so that the name typed last is the one that stays.
    scope: { id: `rename-story-${storyId}` },
    mutationFn: (displayName) =>
      api.post(
        '/api/story-tasks',
        { operation: 'RENAME_STORY', storyId, payload: { displayName } },
        { idempotencyKey: crypto.randomUUID() },
      ),
    onMutate: async (displayName) => {
      await Promise.all([
        queryClient.cancelQueries({ queryKey: queryKeys.stories }),
        queryClient.cancelQueries({ queryKey: detailKey }),
      ]);
      const before = { displayName: shown() };
      show(displayName);
      return before;
    },
    onError: ({ message }, displayName, before) => {
      // Here and not where it is asked for: whoever asked may have gone to another page.
      toast.error('The story could not be renamed', { description: message });
      // A later rename may show by now: that one stays.
      if (before?.displayName !== undefined && shown() === displayName) show(before.displayName);
    },
    onSettled: () => {
      // While another rename waits, what the server says is not yet what the person wants.
      if (queryClient.isMutating({ mutationKey: ['rename-story', storyId] }) > 1) return;
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.stories }),
        queryClient.invalidateQueries({ queryKey: detailKey }),
      ]);
    },
  });
}
