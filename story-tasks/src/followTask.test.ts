import type { FeedMessage, StoryTask, StoryTaskEvent, StoryTaskStatus } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { followTask } from './followTask.ts';

const event = (id: number) => ({ id: String(id), message: `event ${id}` }) as StoryTaskEvent;
const said = (id: number, status: StoryTaskStatus): FeedMessage => ({
  kind: 'task',
  cursor: String(id),
  task: { status } as StoryTask,
  event: event(id),
});
const draft: FeedMessage = { kind: 'draft', draft: { taskId: 't', storyId: 's', turn: 1, text: 'Once' } };

/** Follows a feed whose readings give these messages one after the other; the task's last event has the id 3. */
async function follow(...readings: FeedMessage[][]) {
  const asked: string[] = [];
  const controller = new AbortController();
  const following = followTask({
    tasks: { events: async () => [event(3)] },
    feed: {
      async *read({ after }) {
        asked.push(after);
        const messages = readings.shift();
        if (messages === undefined) controller.abort();
        yield* messages ?? [];
      },
    },
    taskId: 't',
    after: '0',
    signal: controller.signal,
  });
  const ids: string[] = [];
  for await (const message of following) ids.push(message.event.id);
  return { ids, asked };
}

test('without an end it goes on until it is told to stop', async () => {
  expect(await follow([said(1, 'running')])).toEqual({ ids: ['1'], asked: ['0', '1'] });
});

test('it ends with the last event, not with the first that knows of the end', async () => {
  const messages = [said(1, 'succeeded'), said(2, 'succeeded'), said(3, 'succeeded'), said(4, 'succeeded')];
  expect(await follow(messages)).toEqual({ ids: ['1', '2', '3'], asked: ['0'] });
});

test('let go for being slow, it goes on after what it has', async () => {
  const run = await follow([said(1, 'running'), draft], [said(2, 'running'), said(3, 'failed')]);
  expect(run).toEqual({ ids: ['1', '2', '3'], asked: ['0', '1'] });
});
