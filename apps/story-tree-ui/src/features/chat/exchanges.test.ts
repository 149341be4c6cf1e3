import { describe, expect, it } from 'vitest';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import { anEvent, aTask } from '../live/testTasks.ts';
import { changeOf, exchangesOf, unanswered } from './exchanges.ts';

const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
let ids = 0;
const said = (taskId: string, role: 'user' | 'model', turn: number, message: string, minute = 1) =>
  anEvent({
    id: `${++ids}`,
    taskId,
    eventType: 'chat_message',
    step: 'chat',
    message,
    payload: { role, turn },
    createdAt: at(minute),
  });
const chat = (id: string, minute: number) =>
  aTask({ id, operation: 'CONSTITUTION_CHAT_UPDATE', createdAt: at(minute) });

describe('exchangesOf', () => {
  it('puts questions and answers together, by task and turn, oldest first', () => {
    const messages = [
      said('b', 'user', 1, 'Third?', 6),
      said('a', 'model', 2, 'Second.', 3),
      said('a', 'user', 2, 'Second?', 2),
      said('a', 'model', 1, 'First.', 2),
      said('a', 'user', 1, 'First?', 1),
    ];
    expect(exchangesOf(messages, [chat('b', 5)], [])).toEqual([
      {
        taskId: 'a',
        task: null,
        turns: [
          { turn: 1, question: 'First?', answer: 'First.' },
          { turn: 2, question: 'Second?', answer: 'Second.' },
        ],
      },
      { taskId: 'b', task: chat('b', 5), turns: [{ turn: 1, question: 'Third?', answer: null }] },
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
  const version = (number: number, origin: ConstitutionVersionOnWire['origin'], minute: number) =>
    ({ version: number, origin, createdAt: at(minute), markdown: `v${number}` }) as ConstitutionVersionOnWire;
  const versions = [version(4, 'restored', 20), version(3, 'chat', 12), version(1, 'generated', 1)];

  it('is the version of that time, and the one before it', () => {
    const change = changeOf({ createdAt: at(11), finishedAt: at(13) }, versions);
    expect([change?.before.version, change?.after.version]).toEqual([1, 3]);
  });

  it('is nothing when no version came of it', () => {
    expect(changeOf({ createdAt: at(14), finishedAt: at(15) }, versions)).toBeNull();
    expect(changeOf({ createdAt: at(11), finishedAt: null }, versions)).toBeNull();
    expect(changeOf({ createdAt: at(19), finishedAt: at(21) }, versions)).toBeNull();
  });
});
