import { expect, test } from 'vitest';
import { canResume, checkTask } from './taskFlags.ts';

test('the folder of a bundle is taken from where the command was typed', () => {
  const { options } = checkTask({ task: 'CREATE_PLAYER_BUNDLE', outputPath: '../b' }, '/home/a');
  expect(options).toEqual({ outputPath: '/home/b' });
});

test.each([
  [{ task: 'CREATE_SHOT_AUDIO' }, true],
  [{ task: 'CREATE_SHOT_AUDIO', override: false }, true],
  [{ task: 'CREATE_SHOT_AUDIO', resume: true }, true],
  [{ task: 'CREATE_SHOT_AUDIO', override: true }, false],
  [{ task: 'CREATE_ENVIRONMENT_REFERENCE_IMAGE', environmentId: 'quay' }, false],
  [{ task: 'CREATE_PLAYER_BUNDLE', overwrite: true }, false],
  [{ task: 'CREATE_CONSTITUTION' }, true],
  [{ task: 'CREATE_CONSTITUTION', guidance: 'Darker' }, false],
] as const)('a run with %j is continued by resuming: %s', (flags, wanted) => {
  expect(canResume(checkTask(flags, '/'))).toBe(wanted);
});
