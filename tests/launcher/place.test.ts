import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalOf } from '../../launcher/place.cjs';
import { CHECKOUT, outcomeOf, temporaryFolder } from './support.ts';

test.each(['#', '\\'])(
  'a checkout in a folder with %s in its name is refused before anything is done',
  async (character) => {
    const root = join(temporaryFolder(), `a${character}b`);
    mkdirSync(root);
    for (const file of ['launcher.cjs', 'launcher.mjs', 'package.json'])
      copyFileSync(join(CHECKOUT, file), join(root, file));
    cpSync(join(CHECKOUT, 'launcher'), join(root, 'launcher'), { recursive: true });
    const before = readdirSync(root);
    const { code, stdout, stderr } = await outcomeOf(spawn(process.execPath, ['launcher.cjs', 'start'], { cwd: root }));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^story-tree: Story Tree cannot run from .+: move the checkout to a folder without .+\n$/);
    expect(readdirSync(root)).toEqual(before);
  },
);

test('every other path is taken, as is the separator of Windows there', () => {
  expect(refusalOf('/home/somebody/a b%20c?d\'e"f$g;h:i*j[k](l){m}\n/ü😀')).toBeUndefined();
  expect(refusalOf('C:\\Users\\somebody', '\\')).toBeUndefined();
});
