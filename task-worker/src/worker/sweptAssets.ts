import type { AssetStore } from '@story-tree/domain';

/**
 * The store for a story's one writer: what killed writers left behind is swept out before the first file is written. Tasks
 * that write none need not look for it.
 */
export function sweptAssets(assets: AssetStore, storyId: string): AssetStore {
  let swept: Promise<void> | undefined;
  return {
    ...assets,
    async write(path, bytes) {
      swept ??= assets.sweep(storyId);
      await swept;
      await assets.write(path, bytes);
    },
  };
}
