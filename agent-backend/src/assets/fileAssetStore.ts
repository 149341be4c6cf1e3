import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type AssetStore, StoryTreeError, storyFolder } from '@story-tree/domain';

/** The asset store as files below a folder, in which `generated/<story-id>/…` lies. */
export function createFileAssetStore(root: string): AssetStore {
  const base = path.resolve(root);

  const locate = (assetPath: string) => {
    const file = path.resolve(base, assetPath);
    if (assetPath.startsWith('generated/') && file.startsWith(`${base}${path.sep}`)) return file;
    throw new StoryTreeError('file_error', `"${assetPath}" is no path of a story's file.`);
  };

  return {
    locate,
    async exists(assetPath) {
      try {
        await access(locate(assetPath));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async read(assetPath) {
      try {
        return await readFile(locate(assetPath));
      } catch (error) {
        const what = isMissing(error) ? 'is missing' : 'cannot be read';
        throw fileError(`The file ${assetPath} ${what}. Make it anew with --override.`, error);
      }
    },
    async write(assetPath, bytes) {
      try {
        await writeWhole(locate(assetPath), bytes);
      } catch (error) {
        throw fileError(
          `The file ${assetPath} cannot be written. Free space or mend the permissions, then resume.`,
          error,
        );
      }
    },
    async remove(assetPath) {
      await rm(locate(assetPath), { recursive: true, force: true });
    },
    async sweep(storyId) {
      const folder = locate(storyFolder(storyId));
      for (const file of await filesBelow(folder)) {
        if (TEMPORARY.test(path.basename(file))) await rm(path.join(folder, file), { force: true });
      }
    },
  };
}

/** What {@link writeWhole} writes to first. */
const TEMPORARY = /^\..*\.tmp$/;

/** None where there is no such folder. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Under a temporary name, synced, then renamed. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  await mkdir(folder, { recursive: true });
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function fileError(message: string, cause: unknown): StoryTreeError {
  return cause instanceof StoryTreeError ? cause : new StoryTreeError('file_error', message, { cause });
}
