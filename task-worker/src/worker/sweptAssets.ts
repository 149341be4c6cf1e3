import type { AssetStore } from '@story-tree/domain';

/**
 * The store for a story's one writer: what earlier writers staged is swept away before the first file is staged. Tasks
 * that stage none need not look for it.
 */
export function sweptAssets(assets: AssetStore, storyId: string): AssetStore {
  let swept: Promise<void> | undefined;
  return {
    ...assets,
    async stage(path, bytes) {
      swept ??= assets.sweep(storyId);
      await swept;
      return await assets.stage(path, bytes);
    },
  };
}
