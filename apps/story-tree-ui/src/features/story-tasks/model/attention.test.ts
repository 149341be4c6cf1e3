import { expect, it } from 'vitest';
import { aTask } from '../../live/testTasks.ts';
import { needingAttention } from './attention.ts';

const minute = (number: number) => `2026-11-20T10:0${number}:00.000Z`;
const failed = (id: string, at: number, change: Parameters<typeof aTask>[0] = {}) =>
  aTask({ id, status: 'failed', createdAt: minute(at), ...change });
const ids = (...args: Parameters<typeof needingAttention>) => needingAttention(...args).map(({ id }) => id);
const none = new Set<string>();

it('shows failures, newest first', () => {
  const tasks = [
    failed('a', 1, { displayFields: { title: 'Speech' } }),
    failed('b', 3),
    aTask({ id: 'c', storyId: 'story-2' }),
  ];
  expect(ids(tasks, none)).toEqual(['b', 'a']);
});

it('lets go of what was asked for again, whatever became of it', () => {
  expect(ids([failed('a', 1), aTask({ id: 'b', createdAt: minute(2), status: 'running' })], none)).toEqual([]);
  expect(ids([failed('b', 2), failed('a', 1)], none)).toEqual(['b']);
});

it('keeps a failure while only another story had the same task', () => {
  const other = aTask({ id: 'b', storyId: 'story-2', createdAt: minute(2), status: 'succeeded' });
  expect(ids([failed('a', 1), other], none)).toEqual(['a']);
});

it('lets go of what was put aside, and of stories that are gone', () => {
  expect(ids([failed('a', 1)], new Set(['a']))).toEqual([]);
  const deleted = aTask({ id: 'b', operation: 'DELETE_STORY', status: 'succeeded', createdAt: minute(5) });
  expect(ids([failed('a', 1), deleted], none)).toEqual([]);
});

it('counts the making of a story as continued once a workflow task was requested', () => {
  const creation = failed('a', 1, { operation: 'CREATE_STORY', displayFields: { title: 'Create story' } });
  expect(ids([creation], none)).toEqual(['a']);
  expect(ids([creation, aTask({ id: 'b', createdAt: minute(2) })], none)).toEqual([]);
  expect(ids([creation, failed('b', 2)], none)).toEqual(['b']);
});
