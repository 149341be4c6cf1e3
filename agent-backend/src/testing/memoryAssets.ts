import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { type AssetStore, type OpenAsset, StoryTreeError } from '@story-tree/domain';

/** An asset store in memory: a map of paths to bytes. */
export interface MemoryAssets extends AssetStore {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Adds a file before a test begins. */
  put(path: string, bytes: Uint8Array): void;
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function createMemoryAssets(): MemoryAssets {
  const files = new Map<string, Uint8Array>();
  const checked = (path: string): string => {
    if (path.startsWith('generated/') && !path.split('/').includes('..')) return path;
    throw new StoryTreeError('file_error', `"${path}" is not the path of a story file.`);
  };
  return {
    files,
    exists: async (path) => files.has(checked(path)),
    async stat(path) {
      const bytes = files.get(checked(path));
      return bytes === undefined ? null : { size: bytes.length, modified: 0 };
    },
    async open(path) {
      const bytes = files.get(checked(path));
      return bytes === undefined ? null : openBytes(bytes);
    },
    async copyTo(path, target) {
      const bytes = files.get(checked(path));
      if (bytes !== undefined) await writeFile(target, bytes);
      return bytes !== undefined;
    },
    async read(path) {
      const bytes = files.get(checked(path));
      if (bytes === undefined) throw new StoryTreeError('file_error', `The file ${path} is missing.`);
      return bytes.slice();
    },
    put: (path, bytes) => void files.set(checked(path), bytes.slice()),
    async sha256(path) {
      const bytes = files.get(checked(path));
      return bytes === undefined ? null : digest(bytes);
    },
    async stage(path, bytes) {
      checked(path);
      const staged = bytes.slice();
      return {
        path,
        sha256: digest(staged),
        publish: async () => void files.set(path, staged),
        discard: async () => {},
      };
    },
    async remove(path) {
      files.delete(checked(path));
    },
    // Staged bytes are in no file.
    sweep: async () => {},
  };
}

function openBytes(bytes: Uint8Array): OpenAsset {
  return {
    size: bytes.length,
    modified: 0,
    bytes: async () => bytes.slice(),
    stream: ({ start, end } = { start: 0, end: bytes.length }) => new Blob([bytes.slice(start, end + 1)]).stream(),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}
