import { afterEach, expect, it, vi } from 'vitest';
import type { TaskSummary } from '../../wire/index.ts';
import { catchUp } from './readTasks.ts';
import { createTaskStore } from './taskStore.ts';
import { aTask } from './testTasks.ts';

afterEach(() => vi.unstubAllGlobals());

/** A server that knows these tasks, and lists the active ones alone. */
function serve(tasks: readonly TaskSummary[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    if (url.startsWith('/api/story-tasks?')) {
      return Response.json({
        tasks: tasks.filter(({ status }) => status === 'running'),
        nextCursor: null,
        cursor: '9',
      });
    }
    return Response.json({ ...tasks.find(({ id }) => url.endsWith(`/${id}`)), payload: {}, events: [], cursor: '9' });
  });
  return asked;
}

it('finds out about tasks that have ended without a page of a list that shows them', async () => {
  const store = createTaskStore();
  const running = { status: 'running', progress: 40 } as const;
  store.add([
    aTask({ id: 'ended', ...running }),
    aTask({ id: 'goes-on', ...running }),
    aTask({ id: 'over', status: 'failed' }),
  ]);
  const asked = serve([
    aTask({ id: 'ended', status: 'succeeded', progress: 100 }),
    aTask({ id: 'goes-on', status: 'running', progress: 60 }),
  ]);
  await catchUp(store);
  expect(store.get('ended').task).toMatchObject({ status: 'succeeded' });
  expect(store.get('goes-on').task).toMatchObject({ status: 'running', progress: 60 });
  expect(asked).toEqual(['/api/story-tasks?limit=1', '/api/story-tasks/ended']);
});

it('asks for nothing when nothing is in progress', async () => {
  const asked = serve([]);
  const store = createTaskStore();
  store.add([aTask({ status: 'cancelled' })]);
  await catchUp(store);
  expect(asked).toEqual([]);
});
