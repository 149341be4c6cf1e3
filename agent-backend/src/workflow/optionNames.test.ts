import { expect, test } from 'vitest';
import { flagOf, withFlags } from './optionNames.ts';

test.each([
  ['targetSceneletId', '--scenelet-id'],
  ['targetShotIndex', '--shot-index'],
  ['outputPath', '--output-path'],
  ['override', '--override'],
])('%s is %s on the command line', (option, flag) => {
  expect(flagOf(option)).toBe(flag);
});

test.each([
  ['Add "cascade" to remove these too.', 'Add --cascade to remove these too.'],
  ['CREATE_SHOT_PRODUCTION with "override" and "cascade".', 'CREATE_SHOT_PRODUCTION with --override and --cascade.'],
  ['for the one of "targetEnvironmentId"', 'for the one of --environment-id'],
  ['This story has no scenelet "intro".', 'This story has no scenelet "intro".'],
  ['The story is called "An override".', 'The story is called "An override".'],
])('%s', (sentence, said) => {
  expect(withFlags(sentence)).toBe(said);
});
