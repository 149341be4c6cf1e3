import { setImmediate } from 'node:timers/promises';
import { type AssetStore, keyFramePath } from '@story-tree/domain';
import { workplace } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { expect, it } from 'vitest';
import { toBundlePath } from './bundlePaths.ts';
import { copyAssets } from './copyAssets.ts';

const STORY = 'story-1';
const PATHS = Array.from({ length: 60 }, (_, index) => keyFramePath(STORY, 'scenelet-1', index + 1));

/** Copies through a store whose copying is `copyTo`. */
async function copyBy(copyTo: AssetStore['copyTo'], signal?: AbortSignal) {
  const { assets, root } = await workplace();
  const paths = new Set(PATHS.map((storePath) => toBundlePath(STORY, storePath)));
  return copyAssets({ storyId: STORY, paths, assets: { ...assets, copyTo }, folder: root, signal });
}

it('copies every file once, several at a time', async () => {
  const asked: string[] = [];
  let running = 0;
  let most = 0;
  const { copied, vanished } = await copyBy(async (storePath) => {
    asked.push(storePath);
    running += 1;
    most = Math.max(most, running);
    await setImmediate();
    running -= 1;
    return storePath !== PATHS[7];
  });
  expect(asked.toSorted()).toEqual(PATHS.toSorted());
  expect(most).toBe(16);
  expect(copied.size).toBe(59);
  expect([...vanished]).toEqual([toBundlePath(STORY, PATHS[7] ?? '')]);
});

it('throws the first failure after what was under way has ended, and begins nothing more', async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const copying = copyBy(async (storePath) => {
    begun.push(storePath);
    await setImmediate();
    if (storePath === PATHS[0]) throw new Error('first');
    await setImmediate();
    if (storePath === PATHS[1]) throw new Error('second');
    ended.push(storePath);
    return true;
  });
  await expect(copying).rejects.toThrow('first');
  expect(begun).toEqual(PATHS.slice(0, 16));
  expect(ended).toEqual(PATHS.slice(2, 16));
});

it('begins nothing more once it is cancelled', async () => {
  const cancelled = new AbortController();
  let begun = 0;
  const copying = copyBy(async () => {
    begun += 1;
    cancelled.abort(new Error('cancelled'));
    return true;
  }, cancelled.signal);
  await expect(copying).rejects.toThrow('cancelled');
  expect(begun).toBe(1);
});

it('has nothing to do for nothing', async () => {
  const { assets, root } = await workplace();
  const outcome = await copyAssets({ storyId: STORY, paths: new Set(), assets, folder: root });
  expect(outcome).toEqual({ copied: new Set(), vanished: new Set() });
});
