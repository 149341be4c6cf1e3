import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const EXAMPLES = path.resolve(import.meta.dirname, '../../docs/examples');

it('the example of the engine in a program of its own makes a whole story in memory', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path.join(EXAMPLES, 'storyInMemory.ts')], {
    env: {},
  });
  const [title, ...scenelets] = stdout.trim().split('\n');
  expect(title).toMatch(/^\S.*: 7 scenelets$/);
  expect(scenelets).toHaveLength(7);
  expect(scenelets[0]).toMatch(/^ {2}scenelet-1, linear, 1 shot$/);
  expect(stderr).toContain('Speech: done.');
});
