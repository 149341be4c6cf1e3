import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandFrom, pathFrom, typedIn, withCommands } from './invocation.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test.each([
  ['npm, which changes to the root', { npm_lifecycle_event: 'story-tree', INIT_CWD: '/elsewhere' }, ROOT, '/elsewhere'],
  ['no npm', {}, '/elsewhere', '/elsewhere'],
  ['a script of another package', { npm_lifecycle_event: 'build', INIT_CWD: '/a' }, '/elsewhere', '/elsewhere'],
  ['another script of ours', { npm_lifecycle_event: 'check', INIT_CWD: '/a' }, ROOT, ROOT],
])('with %s, a command was typed in %s', (_, variables, workingFolder, wanted) => {
  expect(typedIn(variables, workingFolder)).toBe(wanted);
});

test.each([
  ['x', '/here/x'],
  ['./x', '/here/x'],
  ['../x/', '/x'],
  ['/x', '/x'],
  ['~', homedir()],
  ['~/x', path.join(homedir(), 'x')],
  ['~other/x', '/here/~other/x'],
])('the path %s is %s', (typed, wanted) => {
  expect(pathFrom('/here', typed)).toBe(wanted);
});

test('in the checkout npm finds the script by itself; in a package of it, and elsewhere, it is told where to look', () => {
  const list = ['stories', 'list'];
  expect(commandFrom(ROOT, list)).toBe('npm run story-tree -- stories list');
  expect(commandFrom(path.join(ROOT, 'docs/decisions'), list)).toBe('npm run story-tree -- stories list');
  for (const folder of ['/', path.join(ROOT, 'cli/src')]) {
    expect(commandFrom(folder, list)).toBe(`npm --prefix ${ROOT} run story-tree -- stories list`);
  }
});

test.skipIf(process.platform === 'win32')('what a shell would take apart is quoted', () => {
  expect(commandFrom(ROOT, ['--output-path', "It's here", '--a=$b', ''])).toBe(
    "npm run story-tree -- --output-path 'It'\\''s here' '--a=$b' ''",
  );
});

test('commands that a sentence names can be pasted as they stand', () => {
  const sentence = '`story-tree tasks watch 1` shows it, `npm start` starts it; $& stays.';
  expect(withCommands('/', sentence)).toBe(
    `\`npm --prefix ${ROOT} run story-tree -- tasks watch 1\` shows it, \`npm --prefix ${ROOT} start\` starts it; $& stays.`,
  );
});
