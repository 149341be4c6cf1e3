import { stripVTControlCharacters } from 'node:util';
import type { StoryTask, StoryTaskEvent } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { ageText, eventText, taskEntry } from './taskText.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NOW = new Date('2030-01-01T12:00:00Z');

test.each([
  [-5, '0 s'],
  [59 * SECOND, '59 s'],
  [60 * SECOND, '1 min'],
  [59 * MINUTE, '59 min'],
  [60 * MINUTE, '1 h'],
  [47 * 60 * MINUTE, '1 d'],
  [72 * 60 * MINUTE, '3 d'],
])('%i ms is an age of %s', (milliseconds, wanted) => {
  expect(ageText(milliseconds)).toBe(wanted);
});

const TASK = {
  id: 'ID',
  status: 'running',
  progress: 7,
  storyId: 'S',
  displayFields: { title: 'Create story', detail: 'A\ncat' },
  cancelRequestedAt: null,
  stalledAt: null,
  createdAt: new Date(NOW.getTime() - 3 * MINUTE),
} as unknown as StoryTask;
const words = (changes: Partial<StoryTask>) =>
  taskEntry({ ...TASK, ...changes }, 'The cat', NOW).facts.map(({ text }) => text);

test('an entry tells status, progress and age, what the task does and for which story', () => {
  expect(taskEntry(TASK, 'The\ncat', NOW)).toMatchObject({ id: 'ID', title: 'Create story: A cat', note: 'The cat' });
  expect(words({})).toEqual(['running', '7 %', '3 min']);
});

test('a story that is still called by its prompt is not named twice', () => {
  expect(taskEntry(TASK, 'A cat', NOW).note).toBe('');
});

test('a story that is gone is called so, and a task without one names none', () => {
  expect(taskEntry(TASK, null, NOW).note).toBe('a deleted story');
  expect(taskEntry({ ...TASK, storyId: null }, null, NOW).note).toBe('');
});

test('a task that was asked to stop is shown as stopping while it runs', () => {
  expect(words({ cancelRequestedAt: NOW })[0]).toBe('stopping');
  expect(words({ cancelRequestedAt: NOW, status: 'cancelled' })[0]).toBe('cancelled');
});

test('a task that has lost its worker does not look as if it ran', () => {
  expect(words({ stalledAt: NOW })[0]).toBe('stalled');
  expect(words({ stalledAt: NOW, status: 'succeeded' })[0]).toBe('succeeded');
});

test('turns of a chat name who speaks', () => {
  const event = { createdAt: NOW, eventType: 'chat_message', message: 'Darker!', payload: { role: 'user' } };
  expect(stripVTControlCharacters(eventText(event as unknown as StoryTaskEvent))).toMatch(
    /^\d\d:\d\d:\d\d {2}You: Darker!$/,
  );
});
