import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AssetStore } from '@story-tree/domain';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFileAssetStore } from './fileAssetStore.ts';

const SECRET = 'what lies elsewhere on this machine';
const PICTURE = 'generated/story/shots/scenelet-1/1_key_frame.png';

let root: string;
let outside: string;
let assets: AssetStore;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-assets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  root = path.join(folder, 'public');
  outside = path.join(folder, 'outside');
  for (const below of ['story/shots/scenelet-1', 'shots/scenelet-1', 'scenelet-1', '.']) {
    await mkdir(path.join(outside, below), { recursive: true });
    await writeFile(path.join(outside, below, '1_key_frame.png'), SECRET);
    await writeFile(path.join(outside, below, '.1_key_frame.png.tmp'), SECRET);
  }
  await mkdir(path.join(root, 'generated'), { recursive: true });
  assets = createFileAssetStore(root);
});

/** Every file outside, by its name and content. */
async function outsideNow(): Promise<string[]> {
  const entries = await readdir(outside, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return Promise.all(files.sort().map(async (file) => `${file}: ${await readFile(file, 'utf8')}`));
}

async function write(assetPath: string, text: string): Promise<void> {
  const file = await assets.stage(assetPath, Buffer.from(text));
  await file.publish();
}

async function plant(at: string, target: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, at)), { recursive: true });
  await symlink(target, path.join(root, at));
}

describe.each([
  ['the file', PICTURE, 'scenelet-1/1_key_frame.png'],
  ['its folder', 'generated/story/shots/scenelet-1', 'scenelet-1'],
  ['a folder above', 'generated/story/shots', 'shots'],
  ["the story's folder", 'generated/story', 'story'],
])('a link in the place of %s', (_, at, target) => {
  beforeEach(() => plant(at, path.join(outside, target)));

  it('hides what is behind it', async () => {
    expect(await assets.exists(PICTURE)).toBe(false);
    expect(await assets.stat(PICTURE)).toBeNull();
    expect(await assets.open(PICTURE)).toBeNull();
    await expect(assets.read(PICTURE)).rejects.toMatchObject({ code: 'file_error' });
    const copy = path.join(root, 'copy.png');
    expect(await assets.copyTo(PICTURE, copy)).toBe(false);
    expect(await readdir(root)).toEqual(['generated']);
  });

  it('is not followed when writing, sweeping or deleting', async () => {
    const before = await outsideNow();
    await assets.sweep('story');
    await assets.remove(PICTURE);
    expect(await assets.sha256(PICTURE)).toBeNull();
    await write(PICTURE, 'new').catch((error) => expect(error.code).toBe('file_error'));
    await assets.sweep('story');
    await assets.remove('generated/story');
    expect(await outsideNow()).toEqual(before);
    expect(await readdir(path.join(root, 'generated'))).toEqual([]);
  });
});

it('writes over a link, not through it', async () => {
  await plant(PICTURE, path.join(outside, '1_key_frame.png'));
  await write(PICTURE, 'new');
  expect(Buffer.from(await assets.read(PICTURE)).toString()).toBe('new');
});

it('does not publish into a folder that a link has replaced meanwhile', async () => {
  const file = await assets.stage(PICTURE, Buffer.from('new'));
  const before = await outsideNow();
  await rename(path.join(root, 'generated/story/shots'), path.join(root, 'generated/story/aside'));
  await plant('generated/story/shots', path.join(outside, 'shots'));
  await expect(file.publish()).rejects.toMatchObject({ code: 'file_error' });
  await file.discard();
  expect(await outsideNow()).toEqual(before);
});

it('says what to do where a folder is a link', async () => {
  await plant('generated/story', path.join(outside, 'story'));
  await expect(write('generated/story/more/1.png', 'new')).rejects.toMatchObject({
    code: 'file_error',
    message: expect.stringMatching(/generated\/story is not a real folder.*put a folder in its place/),
  });
  expect(await readdir(path.join(outside, 'story'))).toEqual(['shots']);
});

it("takes the folder of all stories for what it is, also as a link: that one is the operator's", async () => {
  await rm(path.join(root, 'generated'), { recursive: true });
  await symlink(outside, path.join(root, 'generated'));
  await write(PICTURE, 'new');
  expect(await readFile(path.join(outside, 'story/shots/scenelet-1/1_key_frame.png'), 'utf8')).toBe('new');
  expect(Buffer.from(await assets.read(PICTURE)).toString()).toBe('new');
});

it('does not wait for a named pipe', async () => {
  await mkdir(path.join(root, path.dirname(PICTURE)), { recursive: true });
  execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(root, PICTURE)]);
  expect(await assets.open(PICTURE)).toBeNull();
  expect(await assets.copyTo(PICTURE, path.join(root, 'copy.png'))).toBe(false);
});

it('is not deceived by a link that comes and goes meanwhile', async () => {
  await write(PICTURE, 'own');
  const folder = path.join(root, 'generated/story/shots');
  const [own, link] = [`${folder}-own`, `${folder}-link`];
  symlinkSync(path.join(outside, 'shots'), link);
  let swaps = 0;
  const swap = () => {
    // The folder and the link change places.
    if (swaps % 2 === 0)
      for (const [from, to] of [
        [folder, own],
        [link, folder],
      ] as const)
        renameSync(from, to);
    else
      for (const [from, to] of [
        [folder, link],
        [own, folder],
      ] as const)
        renameSync(from, to);
    swaps += 1;
  };
  const seen = new Set<string>();
  for (let round = 0; round < 400; round += 1) {
    const target = path.join(root, `copy-${round}`);
    const reading = [assets.open(PICTURE), assets.open(PICTURE)];
    const copying = assets.copyTo(PICTURE, target);
    for (let turn = 0; turn < 4; turn += 1) {
      swap();
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const file of await Promise.all(reading)) {
      if (file !== null) seen.add(Buffer.from(await file.bytes()).toString());
      await file?.close();
    }
    if (await copying) seen.add(await readFile(target, 'utf8'));
  }
  expect([...seen].filter((content) => content !== 'own')).toEqual([]);
  expect(await outsideNow()).not.toContain('own');
});

it('refuses paths that lead out of it', async () => {
  mkdirSync(path.join(root, 'secret'));
  for (const bad of [
    'generated/../secret/x.png',
    '../x.png',
    'secret/x.png',
    'generated',
    'generated/',
    '/etc/passwd',
  ]) {
    await expect(assets.open(bad), bad).rejects.toMatchObject({ code: 'file_error' });
    await expect(write(bad, 'x'), bad).rejects.toMatchObject({ code: 'file_error' });
    await expect(assets.remove(bad), bad).rejects.toMatchObject({ code: 'file_error' });
  }
});
