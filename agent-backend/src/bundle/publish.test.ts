import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { breakDisk, repairDisk } from '@story-tree/testkit/programs/brokenDisk.ts';
import { contentOf, namesIn, workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { expect, it, onTestFinished } from 'vitest';
import { openStaging, publishBundle, recoverBundle, removeBundle } from './publish.ts';

/** A folder with one file, beside others. */
async function folderIn(parent: string, name: string, content = name): Promise<string> {
  const folder = path.join(parent, name);
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'story.json'), content);
  return folder;
}

const beside = (kind: 'tmp' | 'old', token = 'deadbeef') => `.story.${token}.${kind}`;

async function stagingFor(folder: string, content: string): Promise<string> {
  const staging = await openStaging(folder);
  await writeFile(path.join(staging, 'story.json'), content);
  return staging;
}

it('does not replace what has appeared meanwhile, be it an empty folder', async () => {
  const { root } = await workplace();
  const folder = path.join(root, 'story');
  const staging = await stagingFor(folder, 'new');
  await mkdir(folder);
  await expect(publishBundle(staging, folder, { replace: false })).rejects.toMatchObject({ code: 'bundle_exists' });
  expect(await contentOf(folder)).toEqual({});
});

it('puts the old bundle back when the new one cannot take its place', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story', 'old');
  await expect(publishBundle(path.join(root, 'no-such-folder'), folder, { replace: true })).rejects.toMatchObject({
    code: 'ENOENT',
  });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'old' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('replaces the old bundle and leaves nothing beside the new one', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story', 'old');
  await publishBundle(await stagingFor(folder, 'new'), folder, { replace: true });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'new' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('has replaced the old bundle also when that cannot be deleted; the next run does it', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story', 'old');
  const staging = await stagingFor(folder, 'new');
  onTestFinished(repairDisk);
  breakDisk('EBUSY', ['rm']);
  await publishBundle(staging, folder, { replace: true });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'new' });
  expect(await namesIn(root)).toHaveLength(3);
  repairDisk();
  await recoverBundle(folder);
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('replaces a link, not what it leads to', async () => {
  const { root } = await workplace();
  const elsewhere = await folderIn(root, 'elsewhere', 'theirs');
  const folder = path.join(root, 'story');
  await symlink(elsewhere, folder);
  await publishBundle(await stagingFor(folder, 'new'), folder, { replace: true });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'new' });
  expect(await contentOf(elsewhere)).toEqual({ 'story.json': 'theirs' });
});

it('puts back what a run had moved aside when it was killed', async () => {
  const { root } = await workplace();
  const folder = path.join(root, 'story');
  await folderIn(root, beside('old'), 'old');
  await folderIn(root, beside('tmp'), 'new');
  await recoverBundle(folder);
  expect(await contentOf(folder)).toEqual({ 'story.json': 'old' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('puts back the newest of several', async () => {
  const { root } = await workplace();
  await folderIn(root, beside('old', 'aaaaaaaa'), 'older');
  const newest = await folderIn(root, 'moved-last', 'newest');
  // Longer than a tick of the clock that file systems take their times from.
  await setTimeout(50);
  await rename(newest, path.join(root, beside('old', 'bbbbbbbb')));
  await recoverBundle(path.join(root, 'story'));
  expect(await contentOf(path.join(root, 'story'))).toEqual({ 'story.json': 'newest' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('deletes what was moved aside once its successor is in place', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story', 'new');
  await folderIn(root, beside('old'), 'old');
  await recoverBundle(folder);
  expect(await contentOf(folder)).toEqual({ 'story.json': 'new' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it.each([
  ['of a process that lives', process.ppid],
  ['of a process that has the number of this one', process.pid],
  ['of a process that may not be asked', 1],
])('puts back what an earlier release had moved aside under the number %s', async (_, pid) => {
  const { root } = await workplace();
  await folderIn(root, `.story.${pid}-0123abcd-deadbeef.old`, 'old');
  await folderIn(root, `.story.${pid}-0123abcd-deadbeef.tmp`, 'new');
  await recoverBundle(path.join(root, 'story'));
  expect(await contentOf(path.join(root, 'story'))).toEqual({ 'story.json': 'old' });
  expect(await namesIn(root)).toEqual(['player.html', 'story']);
});

it('keeps the old bundle when another run put it back in the middle of a publication', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story', 'old');
  const [staging, successor] = [await stagingFor(folder, 'new'), await folderIn(root, 'successor', 'newest')];
  await rename(folder, path.join(root, beside('old')));
  await recoverBundle(folder);
  // The run that was cut off wakes up: its staging folder is gone, and what its successor makes stays.
  await expect(publishBundle(staging, folder, { replace: true })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'old' });
  await publishBundle(successor, folder, { replace: true });
  expect(await contentOf(folder)).toEqual({ 'story.json': 'newest' });
});

it('leaves other stories and everything else alone', async () => {
  const { root } = await workplace();
  const others = ['.story2.deadbeef.tmp', '.story.tmp', '.story.backup', 'story.deadbeef.tmp', '.story.deadbee.tmp'];
  for (const name of others) await folderIn(root, name);
  await recoverBundle(path.join(root, 'story'));
  expect(await namesIn(root)).toEqual([...others, 'player.html'].sort());
});

it('has nothing to repair where there is no folder yet', async () => {
  const { root } = await workplace();
  await expect(recoverBundle(path.join(root, 'not', 'there', 'story'))).resolves.toBeUndefined();
  expect(await namesIn(root)).toEqual(['player.html']);
});

it('takes a bundle away with what killed runs left beside it, and nothing else, once or twice', async () => {
  const { root } = await workplace();
  const folder = await folderIn(root, 'story');
  for (const kind of ['tmp', 'old'] as const) await folderIn(root, beside(kind));
  await folderIn(root, 'story-2');
  await folderIn(root, '.story-2.keep.tmp');
  await removeBundle(folder);
  await removeBundle(folder);
  expect(await namesIn(root)).toEqual(['.story-2.keep.tmp', 'player.html', 'story-2']);
});

it('takes away a link to a bundle, and not what it leads to', async () => {
  const { root } = await workplace();
  const elsewhere = await folderIn(root, 'elsewhere');
  await symlink(elsewhere, path.join(root, 'story'));
  await removeBundle(path.join(root, 'story'));
  expect(Object.keys(await contentOf(elsewhere))).toEqual(['story.json']);
  expect(await namesIn(root)).not.toContain('story');
});
