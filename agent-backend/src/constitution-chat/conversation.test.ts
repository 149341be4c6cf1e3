import type { StoryTaskEvent } from '@story-tree/domain';
import { describe, expect, test } from 'vitest';
import { chatMessageOf, chatRequest, exchangesBefore } from './conversation.ts';

let events = 0;

const said = (taskId: string, role: unknown, turn: unknown, message: string, over: Partial<StoryTaskEvent> = {}) => ({
  ...{ id: `${++events}`, taskId, storyId: 'story', eventType: 'chat_message' as const, step: 'chat', message },
  payload: { role, turn },
  createdAt: new Date(),
  ...over,
});

describe('earlier exchanges', () => {
  test('are all answered turns of every task but this one', () => {
    const log = [
      said('a', 'user', 1, 'first'),
      said('a', 'model', 1, 'first answer'),
      said('a', 'user', 2, 'never answered'),
      said('b', 'user', 1, 'second'),
      said('b', 'model', 1, 'second answer'),
      said('now', 'user', 1, 'this one'),
      said('now', 'model', 1, 'this answer'),
    ];
    expect(exchangesBefore('now', log)).toEqual([
      { user: 'first', model: 'first answer' },
      { user: 'second', model: 'second answer' },
    ]);
  });

  test.each([
    ['another kind of event', said('a', 'user', 1, 'x', { eventType: 'info' })],
    ['an unknown role', said('a', 'system', 1, 'x')],
    ['a turn that is no number', said('a', 'user', '1', 'x')],
    ['an event without a payload', said('a', 'user', 1, 'x', { payload: null })],
  ])('is not %s', (_what, event) => {
    expect(chatMessageOf(event)).toBeNull();
    expect(exchangesBefore('now', [event, said('a', 'model', 1, 'y')])).toEqual([]);
  });
});

describe('the request', () => {
  test('is the constitution and then the conversation, ending with the person', () => {
    const request = chatRequest('# A title\n\nText.', [{ user: 'Why?', model: 'So.' }], 'And "now"?\n```');
    expect(request).toBe(
      '## Constitution\n\n# A title\n\nText.\n\n## Conversation (JSON)\n\n```json\n' +
        JSON.stringify(
          [
            { role: 'user', text: 'Why?' },
            { role: 'model', text: 'So.' },
            { role: 'user', text: 'And "now"?\n```' },
          ],
          null,
          2,
        ) +
        '\n```',
    );
  });

  test('leaves out what was said long ago', () => {
    const long = Array.from({ length: 100 }, (_, index) => ({ user: `question ${index}.`, model: 'answer' }));
    const request = chatRequest('Text', long, 'Now?');
    expect(request).not.toContain('question 69.');
    expect(request).toContain('question 70.');
    expect(request).toContain('Now?');
  });
});
