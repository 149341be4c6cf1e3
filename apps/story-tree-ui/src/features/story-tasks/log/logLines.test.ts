import { describe, expect, it } from 'vitest';
import { anEvent } from '../../live/testTasks.ts';
import { filterLog, levelOf, logText } from './logLines.ts';

const lines = [
  anEvent({ id: '1', eventType: 'info', step: 'queued', message: 'Queued.' }),
  anEvent({ id: '2', eventType: 'progress', step: 'call-started', message: 'Key frame of scenelet-2: asking.' }),
  anEvent({ id: '3', eventType: 'info', step: 'call-retried', message: 'Key frame of scenelet-2: asked again.' }),
  anEvent({ id: '4', eventType: 'chat_message', step: 'chat', message: 'Make it\nrain' }),
  anEvent({ id: '5', eventType: 'error', step: 'failed', message: 'The model is overloaded.' }),
];
const shown = (...args: [Parameters<typeof filterLog>[1], string]) => filterLog(lines, ...args).map(({ id }) => id);

describe('filterLog', () => {
  it('gives the log itself when nothing is filtered, so that nothing is drawn again', () => {
    expect(filterLog(lines, 'all', '  ')).toBe(lines);
  });

  it('finds lines by all words of a search, in what they say and in their step', () => {
    expect(shown('all', 'SCENELET-2 key')).toEqual(['2', '3']);
    expect(shown('all', 'call-started')).toEqual(['2']);
    expect(shown('all', 'scenelet-2 rain')).toEqual([]);
  });

  it('keeps the kinds of lines apart; a second try counts as a problem', () => {
    expect(shown('progress', '')).toEqual(['2']);
    expect(shown('notes', '')).toEqual(['1', '4']);
    expect(shown('problems', '')).toEqual(['3', '5']);
    expect(lines.map(levelOf)).toEqual(['note', 'progress', 'problem', 'said', 'problem']);
  });
});

it('writes one line for each event, whatever is in it', () => {
  expect(logText(lines.slice(3))).toBe(
    '2026-11-20T10:00:05.000Z  chat  Make it ⏎ rain\n2026-11-20T10:00:05.000Z  failed  The model is overloaded.\n',
  );
});
