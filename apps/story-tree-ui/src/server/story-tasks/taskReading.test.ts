import type { StoryTask, StoryTaskEvent, StoryTasksRepository } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { createTaskReading } from './taskReading.ts';

it('has the last line of a task that it shows as ended, also when that ends meanwhile', async () => {
  const task = { id: 'task', status: 'succeeded', error: null } as StoryTask;
  const last = { id: '2', step: 'succeeded' } as StoryTaskEvent;
  let hasEnded = false;
  const tasks: Pick<StoryTasksRepository, 'cursor' | 'get' | 'events'> = {
    cursor: async () => '1',
    async get() {
      await Promise.resolve();
      hasEnded = true;
      return task;
    },
    events: async () => (hasEnded ? [last] : []),
  };
  const reading = createTaskReading({
    tasks: tasks as StoryTasksRepository,
    history: { spending: async () => ({ calls: 0, costUsd: 0, unfinished: [] }) },
    finder: { require: () => Promise.reject(new Error('asked for no story')) },
    requireHistory: () => Promise.reject(new Error('asked for no history')),
  });
  expect(await reading.detail('task', { limit: 200 })).toMatchObject({ status: 'succeeded', events: [last] });
});
