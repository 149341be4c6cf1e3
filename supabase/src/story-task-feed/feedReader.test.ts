import type { FeedMessage, StoryTask } from '@story-tree/domain';
import { describe, expect, test } from 'vitest';
import { createFeedReader } from './feedReader.ts';

function event(id: number, about: { storyId?: string; taskId?: string } = {}): FeedMessage {
  const { storyId = 'a story', taskId = 'a task' } = about;
  const createdAt = new Date();
  const said = { eventType: 'info', step: 'step', message: '', payload: null } as const;
  return {
    kind: 'task',
    cursor: `${id}`,
    task: { id: taskId } as StoryTask,
    event: { id: `${id}`, taskId, storyId, ...said, createdAt },
  };
}

function draft(text: string, taskId = 'a task'): FeedMessage {
  return { kind: 'draft', draft: { taskId, storyId: 'a story', turn: 1, text } };
}

const idOf = (message: FeedMessage | null) =>
  message === null ? null : message.kind === 'draft' ? message.draft.text : message.cursor;

test('one that has ended delivers and accepts nothing, and releases whoever waits for it', async () => {
  const reader = createFeedReader({});
  const waiting = reader.next();
  reader.end();
  expect(await waiting).toBeNull();
  reader.offer(event(1));
  expect(await reader.next()).toBeNull();
  expect(reader.ended).toBe(true);
});

test('one that falls far behind is ended, and keeps nothing', async () => {
  const reader = createFeedReader({});
  for (let id = 1; id <= 1_000; id++) reader.offer(event(id));
  expect(reader.ended).toBe(false);
  reader.offer(event(1_001));
  expect(reader.ended).toBe(true);
  expect(await reader.next()).toBeNull();
});

test('messages come in the order in which they were offered, before and while somebody waits', async () => {
  const reader = createFeedReader({});
  reader.offer(event(1));
  reader.offer(event(2));
  expect(idOf(await reader.next())).toBe('1');
  expect(idOf(await reader.next())).toBe('2');
  const waiting = reader.next();
  reader.offer(event(3));
  expect(idOf(await waiting)).toBe('3');
});

describe('a filter', () => {
  const offered = [
    event(1, { storyId: 'one', taskId: 'first' }),
    event(2, { storyId: 'one', taskId: 'second' }),
    event(3, { storyId: 'two', taskId: 'third' }),
    draft('of another task', 'fourth'),
  ];

  test.each([
    [{}, 4],
    [{ storyId: 'one' }, 2],
    [{ storyId: 'a story' }, 1],
    [{ taskId: 'third' }, 1],
    [{ storyId: 'one', taskId: 'third' }, 0],
  ])('%j lets through what it says', async (filter, count) => {
    const reader = createFeedReader(filter);
    for (const message of offered) reader.offer(message);
    for (let n = 0; n < count; n++) expect(await reader.next()).not.toBeNull();
    reader.end();
    expect(await reader.next()).toBeNull();
  });
});

test('a draft that waits gives way to a newer one of its task, so drafts alone never end a reader', async () => {
  const reader = createFeedReader({});
  for (let n = 0; n < 5_000; n++) {
    reader.offer(draft(`a${n}`, 'first'));
    reader.offer(draft(`b${n}`, 'second'));
  }
  reader.offer(event(1));
  reader.offer(draft('a last', 'first'));
  expect([await reader.next(), await reader.next(), await reader.next()].map(idOf)).toEqual(['b4999', '1', 'a last']);
});
