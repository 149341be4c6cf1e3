import { stripVTControlCharacters } from 'node:util';
import type { StoryTask, StoryTaskEvent } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { ageText, eventText, taskTable } from './taskText.ts';

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

function line(changes: Partial<StoryTask>): string {
  const task = {
    id: 'ID',
    status: 'running',
    progress: 7,
    displayFields: { title: 'Create story', detail: 'A cat' },
    cancelRequestedAt: null,
    stalledAt: null,
    createdAt: new Date(NOW.getTime() - 3 * MINUTE),
    ...changes,
  } as StoryTask;
  return stripVTControlCharacters(taskTable([task], NOW).join());
}

test('a task is one line, however long what it is about', () => {
  expect(line({})).toMatch(/^running {5}7 % {2}Create story: A cat {29} {2} 3 min {2}ID$/);
  const long = line({ displayFields: { title: 'Create story', detail: `a\n${'b'.repeat(100)}` } });
  expect(long).toHaveLength(line({}).length);
  expect(long).toContain('b…');
});

test('a task that was asked to stop is shown as stopping while it runs', () => {
  expect(line({ cancelRequestedAt: NOW })).toMatch(/^stopping /);
  expect(line({ cancelRequestedAt: NOW, status: 'cancelled' })).toMatch(/^cancelled /);
});

test('a task that has lost its worker does not look as if it ran', () => {
  expect(line({ stalledAt: NOW })).toMatch(/^stalled /);
  expect(line({ stalledAt: NOW, status: 'succeeded' })).toMatch(/^succeeded /);
});

test('turns of a chat name who speaks', () => {
  const event = { createdAt: NOW, eventType: 'chat_message', message: 'Darker!', payload: { role: 'user' } };
  expect(stripVTControlCharacters(eventText(event as unknown as StoryTaskEvent))).toMatch(
    /^\d\d:\d\d:\d\d {2}You: Darker!$/,
  );
});
