import { StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import { expect, test } from 'vitest';
import { failureLine } from './failureLine.ts';

test('an expected failure says all there is in its sentence', () => {
  const error = new StoryTreeError('not_configured', 'Set PORT.', { cause: new Error('listen EADDRINUSE') });
  expect(failureLine(error, true)).toBe('Set PORT.');
});

test.each([
  ['an error', new Error('x is\nundefined'), 'x is undefined'],
  ['anything else', 'x', 'x'],
])('an unexpected failure tells its cause, and how to see more: %s', (_what, thrown, reason) => {
  const error = toStoryTreeError(thrown);
  const said = `Something went wrong that Story Tree did not expect. (${reason})`;
  expect(failureLine(error, false)).toBe(`${said}\nTo see where, run \`LOG_LEVEL=debug npm start\`.`);
  expect(failureLine(error, true).startsWith(said)).toBe(true);
});

test('who wants to know more sees where it happened', () => {
  expect(failureLine(toStoryTreeError(new Error('x')), true)).toMatch(/\n\s+at /);
});
