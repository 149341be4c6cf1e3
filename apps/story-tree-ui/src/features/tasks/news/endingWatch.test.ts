import { expect, it } from 'vitest';
import { aTask } from '../../live/testTasks.ts';
import { createEndingWatch } from './endingWatch.ts';

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
