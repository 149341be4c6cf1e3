import { expect, test } from 'vitest';
import { canContinue, continuing } from './continuation.ts';

test.each([
  ['run-all --prompt A --mode stub', 'run-all --mode stub --story-id ID'],
  ['run-all --title=A --prompt=B --scenelets 3 --overlap --json', 'run-all --overlap --json --story-id ID'],
  ['run-all --story-id OWN --until CREATE_SHOT_AUDIO', 'run-all --story-id OWN --until CREATE_SHOT_AUDIO'],
  ['run-task --story-id=OWN --task CREATE_SHOT_AUDIO', 'run-task --story-id=OWN --task CREATE_SHOT_AUDIO'],
  ['run-task --task CREATE_SHOT_AUDIO', 'run-task --task CREATE_SHOT_AUDIO --story-id ID'],
])('%s is continued by %s', (typed, wanted) => {
  expect(continuing(typed.split(' '), 'ID').join(' ')).toBe(wanted);
});

test('what was stopped, ran out of money or may work later can be continued; what is wrong cannot', () => {
  expect((['cancelled', 'budget_reached', 'model_unavailable'] as const).map(canContinue)).toEqual([true, true, true]);
  expect((['already_completed', 'not_found', 'usage'] as const).map(canContinue)).toEqual([false, false, false]);
});
