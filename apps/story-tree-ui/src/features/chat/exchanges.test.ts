import { describe, expect, it } from 'vitest';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { anEvent, aTask } from '../live/testTasks.ts';
import { changeOf, exchangesOf, unanswered } from './exchanges.ts';

const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
let ids = 0;
const said = (taskId: string, role: 'user' | 'model', turn: number, message: string) =>
  anEvent({
    id: `${++ids}`,
    taskId,
    eventType: 'chat_message',
    step: 'chat',
    message,
    payload: { role, turn },
  });
const chat = (id: string, minute: number) =>
  aTask({ id, operation: 'CONSTITUTION_CHAT_UPDATE', createdAt: at(minute) });

describe('exchangesOf', () => {
  it.each([
    ['as it should be', 5],
    ['set back in between', 0],
  ])('puts questions and answers together, by task and turn, oldest first; the clock: %s', (_clock, minute) => {
    const messages = [
      said('a', 'user', 1, 'First?'),
      said('a', 'model', 1, 'First.'),
      said('a', 'user', 2, 'Second?'),
      said('a', 'model', 2, 'Second.'),
      said('b', 'user', 1, 'Third?'),
    ];
    expect(exchangesOf(messages.toReversed(), [chat('b', minute), chat('a', 1)], [])).toEqual([
      {
        taskId: 'a',
        task: chat('a', 1),
        turns: [
          { turn: 1, question: 'First?', answer: 'First.' },
          { turn: 2, question: 'Second?', answer: 'Second.' },
        ],
      },
      { taskId: 'b', task: chat('b', minute), turns: [{ turn: 1, question: 'Third?', answer: null }] },
    ]);
  });

  it('shows what was asked before anybody has taken it up, and once afterwards', () => {
    const asked = [{ taskId: 'a', turns: ['First?', 'Second?'] }];
    const [waiting] = exchangesOf([], [chat('a', 1)], asked);
    expect(waiting && unanswered(waiting)).toEqual(['First?', 'Second?']);

    const [begun] = exchangesOf([said('a', 'user', 1, 'First?'), said('a', 'model', 1, 'Yes.')], [chat('a', 1)], asked);
    expect(begun?.turns.map(({ answer }) => answer)).toEqual(['Yes.', null]);
    expect(begun && unanswered(begun)).toEqual(['Second?']);
  });

  it('leaves out chats without a word, and lines that are no turn', () => {
    expect(exchangesOf([anEvent({ payload: null })], [chat('a', 1)], [])).toEqual([]);
  });
});

describe('changeOf', () => {
  const version = (number: number, runId: string | null): ConstitutionVersionOnWire => ({
    version: number,
    origin: 'chat',
    createdAt: at(1),
    markdown: `v${number}`,
    runId,
  });
  const versions = [version(4, 'other'), version(3, 'a'), version(1, null)];

  it('is the version that the chat made, and the one before it', () => {
    const change = changeOf({ id: 'a', finishedAt: at(13) }, versions);
    expect([change?.before.version, change?.after.version]).toEqual([1, 3]);
  });

  it('is nothing when no version came of it', () => {
    expect(changeOf({ id: 'b', finishedAt: at(15) }, versions)).toBeNull();
    expect(changeOf({ id: 'a', finishedAt: null }, versions)).toBeNull();
  });
});
