import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { AssetStore } from '@story-tree/domain';
import pMap from 'p-map';
import { SHOTS_FOLDER, toStorePath } from './bundlePaths.ts';

export interface CopyInput {
  storyId: string;
  /** Paths within the bundle; each names the file of the store that it is a copy of. */
  paths: ReadonlySet<string>;
  assets: AssetStore;
  /** The bundle's folder; it exists and is empty. */
  folder: string;
  signal?: AbortSignal | undefined;
}

/** Paths within the bundle: those that are there now, and those whose source was gone when its turn came. */
export interface CopyOutcome {
  copied: ReadonlySet<string>;
  vanished: ReadonlySet<string>;
}

/** Keeps the file system busy without holding a file handle for each of thousands of assets. */
const CONCURRENT_COPIES = 16;

/**
 * Copies a story's assets into a bundle. A file that is not there any more is no failure; anything else that goes wrong
 * is.
 */
export async function copyAssets({ storyId, paths, assets, folder, signal }: CopyInput): Promise<CopyOutcome> {
  const copied = new Set<string>();
  const vanished = new Set<string>();
  const folders = new Set([SHOTS_FOLDER, ...[...paths].map((bundlePath) => path.posix.dirname(bundlePath))]);
  await forEach(folders, async (name) => {
    await mkdir(path.join(folder, name), { recursive: true });
  });
  await forEach(paths, async (bundlePath) => {
    signal?.throwIfAborted();
    const isThere = await assets.copyTo(toStorePath(storyId, bundlePath), path.join(folder, bundlePath));
    (isThere ? copied : vanished).add(bundlePath);
  });
  return { copied, vanished };
}

/**
 * After a first failure no further item is begun; it is thrown once those under way have ended, since whoever gives up
 * the folder removes it.
 */
async function forEach(items: Iterable<string>, work: (item: string) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async (item: string) => {
    if (failures.length === 0) await work(item).catch((error: unknown) => failures.push(error));
  };
  await pMap(items, attempt, { concurrency: CONCURRENT_COPIES });
  if (failures.length > 0) throw failures[0];
}
