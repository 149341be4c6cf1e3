import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { breakDisk, repairDisk } from '@story-tree/testkit/programs/brokenDisk.ts';
import { failureOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { requireWritableFolder } from './writableFolder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'story-tree-folder-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
});
afterEach(repairDisk);

const require_ = (folder: string) =>
  requireWritableFolder({ what: 'The folder', folder, wayOut: 'choose another folder' });

test('a folder is created with those above it, and nothing is left in it', async () => {
  const folder = path.join(root, 'a', 'b', 'c');
  await Promise.all([require_(folder), require_(folder)]);
  expect(await readdir(folder)).toEqual([]);
});

test('what a check that was killed left behind goes with the next one, and a link is not followed', async () => {
  await writeFile(path.join(root, 'theirs'), 'precious');
  for (const leave of [writeFile, (name: string) => symlink(path.join(root, 'theirs'), name)]) {
    const folder = await mkdtemp(path.join(root, 'folder-'));
    await leave(path.join(folder, '.story-tree-probe.tmp'), '');
    await require_(folder);
    expect(await readdir(folder)).toEqual([]);
  }
  expect(await readFile(path.join(root, 'theirs'), 'utf8')).toBe('precious');
});

test('a folder behind a link is as good as any', async () => {
  await mkdir(path.join(root, 'real'));
  await symlink(path.join(root, 'real'), path.join(root, 'link'));
  await require_(path.join(root, 'link', 'below'));
  expect(await readdir(path.join(root, 'real'))).toEqual(['below']);
});

type Trouble = [name: string, place: () => Promise<string> | string, why: string];

const ON_LINUX: Trouble[] = [
  ['it is below /proc', () => '/proc/x/y', 'no folder can be created there'],
  ['it is /proc itself', () => '/proc', 'no folder can be created there'],
];

test.each<Trouble>([
  ['a file is in its place', () => fileIn('file'), 'there is a file where a folder is needed'],
  ['a file is above it', async () => path.join(await fileIn('file'), 'a', 'b'), 'there is a file where'],
  ['a link leads nowhere', () => linkIn('dangling', 'nowhere'), 'a link there leads to nothing'],
  [
    'a link above it leads nowhere',
    async () => path.join(await linkIn('dangling', 'nowhere'), 'a'),
    'a link there leads',
  ],
  ['a link leads to itself', () => linkIn('round', 'round'), 'lead round in a circle'],
  ['its name is too long', () => path.join(root, 'x'.repeat(300)), 'the path is too long'],
  ['there is a NUL in it', () => path.join(root, 'a\0b'), 'a character that no path can have'],
  ...(process.platform === 'linux' ? ON_LINUX : []),
])('when %s, a sentence says so at once', async (_, place, why) => {
  const failure = await failureOf(require_(await place()));
  expect(failure.code).toBe('file_error');
  expect(failure.message).toContain(why);
  expect(failure.message).toMatch(/^The folder, .*; choose another folder\.$/s);
});

test.each([
  ['EACCES', 'permission denied; choose another folder.'],
  ['EROFS', 'the file system is read-only; choose another folder.'],
  ['ENOSPC', 'the disk is full; make room or choose another folder.'],
])('a disk that reports %s is found out, although the folder is there', async (code, why) => {
  breakDisk(code, ['open']);
  expect((await failureOf(require_(root))).message).toContain(why);
});

async function fileIn(name: string): Promise<string> {
  const file = path.join(root, name);
  await writeFile(file, '');
  return file;
}

async function linkIn(name: string, target: string): Promise<string> {
  const link = path.join(root, name);
  await symlink(path.join(root, target), link);
  return link;
}
