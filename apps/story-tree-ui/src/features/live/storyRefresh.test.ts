import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { queryKeys } from '../client/queryKeys.ts';
import { createStoryRefresh } from './storyRefresh.ts';
import { anEvent, aTask } from './testTasks.ts';

it('takes a story off the list as soon as it is deleted, and not while it may yet stay', () => {
  const queryClient = new QueryClient();
  queryClient.setQueryData(queryKeys.stories, [{ id: 'kept' }, { id: 'deleted' }]);
  const { note } = createStoryRefresh(queryClient);
  const ids = () => queryClient.getQueryData<{ id: string }[]>(queryKeys.stories)?.map(({ id }) => id);
  const deletion = { operation: 'DELETE_STORY', storyId: 'deleted' } as const;
  note(aTask({ ...deletion, status: 'running' }), anEvent());
  expect(ids()).toEqual(['kept', 'deleted']);
  note(aTask({ ...deletion, status: 'succeeded' }), anEvent());
  expect(ids()).toEqual(['kept']);
});
