import { afterEach, expect, it, vi } from 'vitest';
import { createTaskStore } from '../../live/taskStore.ts';
import { anEvent, aTask } from '../../live/testTasks.ts';
import { createEndingWatch, readLastWord } from './endings.ts';

const at = (second: number) => `2026-11-20T10:00:0${second}.000Z`;
const done = (id: string, second: number, change: Parameters<typeof aTask>[0] = {}) =>
  aTask({ id, status: 'succeeded', createdAt: at(0), finishedAt: at(second), ...change });
const ids = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id);

it('tells each end once, the earliest first', () => {
  const watch = createEndingWatch();
  expect(watch.look([aTask({ id: 'a' }), aTask({ id: 'b' })], [])).toEqual([]);
  expect(ids(watch.look([], [done('b', 5), done('a', 3)]))).toEqual(['a', 'b']);
  watch.note(done('a', 3));
  expect(watch.look([], [done('b', 5), done('a', 3)])).toEqual([]);
});

it('says nothing of what was over before, such as an older page of the history', () => {
  expect(createEndingWatch().look([], [done('a', 3)])).toEqual([]);
});

it('tells the end of a task that was too fast to be seen running, unless it was done at once', () => {
  const watch = createEndingWatch();
  const inline = done('rename', 0);
  const fast = done('fast', 1);
  watch.note(inline);
  watch.note(fast);
  expect(ids(watch.look([], [inline, fast]))).toEqual(['fast']);
});

afterEach(() => vi.unstubAllGlobals());

const before = anEvent({ id: '1' });
const last = anEvent({ id: '2', eventType: 'info', step: 'succeeded', message: 'It is ready to be played.' });
const ended = aTask({ status: 'succeeded' });

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
  store.addEvents(ended.id, [before, last]);
  expect(await readLastWord(ended, store)).toBe(last.message);
  expect(asked).toEqual([]);
});

it('reads the line when the end is known before it has come', async () => {
  const asked = serve(() => Response.json({ ...ended, payload: {}, events: [last, before], cursor: '2' }));
  const store = createTaskStore();
  store.addEvents(ended.id, [before]);
  expect(await readLastWord(ended, store)).toBe(last.message);
  expect(asked).toEqual(['/api/story-tasks/task-1']);
});

it('does without where it cannot be read, and for tasks whose error tells enough', async () => {
  const asked = serve(() => new Response('', { status: 503 }));
  expect(await readLastWord(ended, createTaskStore())).toBeUndefined();
  expect(await readLastWord(aTask({ status: 'failed' }), createTaskStore())).toBeUndefined();
  expect(asked).toHaveLength(1);
});
