import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AssetStore, StoryTreeError } from '@story-tree/domain';
import { breakDisk, repairDisk } from '@story-tree/testkit/programs/brokenDisk.ts';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createFileAssetStore } from './fileAssetStore.ts';

const STORY = 'generated/a-story';
const FILE = `${STORY}/shots/scenelet-1/1_key_frame.png`;

let root: string;
let assets: AssetStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'story-tree-assets-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  assets = createFileAssetStore(root);
  await (await assets.stage(FILE, Buffer.from('red'))).publish();
});
afterEach(repairDisk);

describe.each(['EROFS', 'EACCES', 'EIO', 'ENOSPC', 'EMFILE'])('a disk that reports %s', (fault) => {
  test.each<[string, () => Promise<unknown>]>([
    ['exists', () => assets.exists(FILE)],
    ['stat', () => assets.stat(FILE)],
    ['open', () => assets.open(FILE)],
    ['read', () => assets.read(FILE)],
    ['sha256', () => assets.sha256(FILE)],
    ['copyTo', () => assets.copyTo(FILE, path.join(root, 'copy.png'))],
    ['stage', () => assets.stage(FILE, Buffer.from('blue'))],
    ['remove', () => assets.remove(FILE)],
    ['sweep', () => assets.sweep('a-story')],
  ])('is told of by %s in a sentence, and has changed nothing', async (_, ask) => {
    breakDisk(fault);
    const thrown = await ask().catch((error: unknown) => error);
    repairDisk();
    expect(thrown).toBeInstanceOf(StoryTreeError);
    expect(thrown).toMatchObject({ code: 'file_error', message: expect.stringContaining(STORY) });
    expect(await assets.read(FILE)).toEqual(Buffer.from('red'));
  });

  test('keeps a staged file from being published, but not from being discarded; the next writer sweeps it', async () => {
    const staged = await assets.stage(FILE, Buffer.from('blue'));
    breakDisk(fault);
    await expect(staged.publish()).rejects.toMatchObject({ code: 'file_error' });
    await staged.discard();
    repairDisk();
    const folder = path.join(root, path.dirname(FILE));
    expect(await readdir(folder)).toHaveLength(2);
    await assets.sweep('a-story');
    expect(await readdir(folder)).toEqual([path.basename(FILE)]);
  });
});
