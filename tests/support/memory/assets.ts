import { type AssetStore, StoryTreeError } from '../../../domain/src/index.ts';

/** The asset store as a map of paths to bytes. */
export interface MemoryAssets extends AssetStore {
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export function createMemoryAssets(): MemoryAssets {
  const files = new Map<string, Uint8Array>();
  const checked = (path: string): string => {
    if (path.startsWith('generated/') && !path.split('/').includes('..')) return path;
    throw new StoryTreeError('file_error', `"${path}" is no path of a story's file.`);
  };
  return {
    files,
    exists: async (path) => files.has(checked(path)),
    async read(path) {
      const bytes = files.get(checked(path));
      if (bytes === undefined) throw new StoryTreeError('file_error', `The file ${path} is missing.`);
      return bytes.slice();
    },
    async write(path, bytes) {
      files.set(checked(path), bytes.slice());
    },
    async remove(path) {
      files.delete(checked(path));
    },
    // Nothing is ever half written here.
    sweep: async () => {},
    locate: (path) => `/memory/${checked(path)}`,
  };
}
