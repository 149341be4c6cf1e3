import type { AssetStore } from '@story-tree/domain';
import { expect, it } from 'vitest';
import { sweptAssets } from './operationContext.ts';

const NOTHING = new Uint8Array();

/** A store that notes what it is asked to do; the sweep is done when the test says so. */
function rig() {
  const asked: string[] = [];
  const sweep = Promise.withResolvers<void>();
  const assets: AssetStore = {
    exists: async () => false,
    stat: async () => null,
    open: async () => null,
    copyTo: async () => false,
    read: async () => NOTHING,
    sha256: async () => null,
    async stage(path) {
      asked.push(`stage ${path}`);
      return { path, sha256: '', publish: async () => {}, discard: async () => {} };
    },
    remove: async (path) => void asked.push(`remove ${path}`),
    sweep(storyId) {
      asked.push(`sweep ${storyId}`);
      return sweep.promise;
    },
  };
  return { asked, sweep, assets: sweptAssets(assets, 'a-story') };
}

it('stages nothing in a story that cannot be swept', async () => {
  const { asked, sweep, assets } = rig();
  sweep.reject(new Error('no permission'));
  for (const path of ['one', 'two']) await expect(assets.stage(path, NOTHING)).rejects.toThrow('no permission');
  expect(asked).toEqual(['sweep a-story']);
});

it('sweeps once, before the first file is staged, however many come at once', async () => {
  const { asked, sweep, assets } = rig();
  const staged = [assets.stage('one', NOTHING), assets.stage('two', NOTHING)];
  expect(asked).toEqual(['sweep a-story']);
  sweep.resolve();
  await Promise.all(staged);
  await assets.stage('three', NOTHING);
  expect(asked).toEqual(['sweep a-story', 'stage one', 'stage two', 'stage three']);
});

it('leaves alone what is not written to', async () => {
  const { asked, assets } = rig();
  await assets.exists('one');
  await assets.remove('one');
  expect(asked).toEqual(['remove one']);
});
