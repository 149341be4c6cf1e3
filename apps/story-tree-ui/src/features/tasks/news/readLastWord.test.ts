import { afterEach, expect, it, vi } from 'vitest';
import { createTaskStore } from '../../live/taskStore.ts';
import { anEvent, aTask } from '../../live/testTasks.ts';
import { readLastWord } from './readLastWord.ts';

afterEach(() => vi.unstubAllGlobals());

const before = anEvent({ id: '1' });
const last = anEvent({ id: '2', eventType: 'info', step: 'succeeded', message: 'It is ready to be played.' });
const done = aTask({ status: 'succeeded' });

function serve(answer: () => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return answer();
  });
  return asked;
}

it('takes the line that the page has', async () => {
  const asked = serve(() => Response.error());
  const store = createTaskStore();
  store.addEvents(done.id, [before, last]);
  expect(await readLastWord(done, store)).toBe(last.message);
  expect(asked).toEqual([]);
});

it('reads the line when the end is known before it has come', async () => {
  const asked = serve(() => Response.json({ ...done, payload: {}, events: [last, before], cursor: '2' }));
  const store = createTaskStore();
  store.addEvents(done.id, [before]);
  expect(await readLastWord(done, store)).toBe(last.message);
  expect(asked).toEqual(['/api/story-tasks/task-1']);
});

it('does without where it cannot be read, and for tasks whose error tells enough', async () => {
  const asked = serve(() => new Response('', { status: 503 }));
  expect(await readLastWord(done, createTaskStore())).toBeUndefined();
  expect(await readLastWord(aTask({ status: 'failed' }), createTaskStore())).toBeUndefined();
  expect(asked).toHaveLength(1);
});
