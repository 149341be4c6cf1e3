import { expect, it } from 'vitest';
import { storyBusy, taskHolder, taskOfHolder } from './storyBusy.ts';

const WAY_OUT = 'Wait until that is done or stop it, then try again.';

it.each([
  [taskHolder('7'), `Another task is working on this story. ${WAY_OUT}`, { taskId: '7' }],
  ['command line', `The command line is working on this story. ${WAY_OUT}`, { holder: 'command line' }],
])('names who holds a story: %s', (holder, message, details) => {
  expect(storyBusy(holder)).toMatchObject({ code: 'story_busy', message, details });
});

it('takes the words of whoever knows more than the lease', () => {
  const words = { who: 'the task "Create story"', does: 'is about to work on this story', wayOut: 'Cancel it.' };
  const busy = storyBusy(taskHolder('7'), words);
  expect(busy.message).toBe('The task "Create story" is about to work on this story. Cancel it.');
  expect(busy.details).toEqual({ taskId: '7' });
});

it('tells tasks from other holders', () => {
  expect(['task 7', 'command line', 'taskmaster'].map(taskOfHolder)).toEqual(['7', null, null]);
});
