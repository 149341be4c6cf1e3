import { expect, test } from 'vitest';
import { flagOf, withOptionNames } from './optionNames.ts';

test.each([
  ['targetSceneletId', '--scenelet-id'],
  ['targetShotIndex', '--shot-index'],
  ['outputPath', '--output-path'],
  ['override', '--override'],
])('%s is %s on the command line', (option, flag) => {
  expect(flagOf(option)).toBe(flag);
});

test.each([
  ['Add --cascade to remove these too.', 'Add "cascade" to remove these too.'],
  ['Choose one of --resume and --override: …', 'Choose one of "resume" and "override": …'],
  ['CREATE_SHOT_PRODUCTION with --override --cascade.', 'CREATE_SHOT_PRODUCTION with "override" and "cascade".'],
  ['for the one of --environment-id', 'for the one of "targetEnvironmentId"'],
  ['Use --mode stub -- or not; a--b.', 'Use --mode stub -- or not; a--b.'],
  ['The moor--resume', 'The moor--resume'],
])('%s', (sentence, said) => {
  expect(withOptionNames(sentence)).toBe(said);
});
