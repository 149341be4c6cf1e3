import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { flagOf, optionSchemas, withFlags } from './optionNames.ts';
import { WORKFLOW_TASKS } from './tasks.ts';

const OPTION_FLAGS = [...new Set(WORKFLOW_TASKS.flatMap((task) => Object.keys(optionSchemas(task)).map(flagOf)))];

test.each([
  ['targetSceneletId', '--scenelet-id'],
  ['targetShotIndex', '--shot-index'],
  ['outputPath', '--output-path'],
  ['override', '--override'],
])('%s is %s on the command line', (option, flag) => {
  expect(flagOf(option)).toBe(flag);
});

test('no sentence of the engine names a flag: programs and the app read them, too', () => {
  const source = path.resolve(import.meta.dirname, '..');
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !/\.test\.ts$|^bundle\/player\//.test(file));
  const flag = new RegExp(`(?<![\\w-])(?:${OPTION_FLAGS.join('|')})(?![\\w-])`);
  const code = (file: string) => readFileSync(path.join(source, file), 'utf8').replace(/\/\*\*.*?\*\//gs, '');
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => flag.test(code(file)))).toEqual([]);
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
