import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type AssetStore, StoryTreeError, storyFolder } from '@story-tree/domain';
import { makeFolder, renameDurably } from './durableFiles.ts';

/** The asset store as files below a folder, in which `generated/<story-id>/…` lies. */
export function createFileAssetStore(root: string): AssetStore {
  const base = path.resolve(root);
  const below = path.join(base, 'generated', path.sep);

  const locate = (assetPath: string) => {
    const file = path.resolve(base, assetPath);
    if (assetPath.startsWith('generated/') && file.startsWith(below)) return file;
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
    async sha256(assetPath) {
      const hash = createHash('sha256');
      try {
        await pipeline(createReadStream(locate(assetPath)), hash);
      } catch (error) {
        if (isMissing(error)) return null;
        throw fileError(`The file ${assetPath} cannot be read. Fix its permissions, then resume.`, error);
      }
      return hash.digest('hex');
    },
    async stage(assetPath, bytes) {
      const file = locate(assetPath);
      const orSay = (error: unknown) => {
        throw fileError(
          `The file ${assetPath} cannot be written. Free space or fix the permissions, then resume.`,
          error,
        );
      };
      const temporary = await writeBeside(file, bytes).catch(orSay);
      let published: Promise<void> | undefined;
      return {
        path: assetPath,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        publish() {
          published ??= renameDurably(temporary, file).catch(orSay);
          return published;
        },
        discard: () => rm(temporary, { force: true }),
      };
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

/** What {@link writeBeside} writes to. */
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

/** Writes and syncs a file under a temporary name, in the folder that it belongs to. @returns where it lies */
async function writeBeside(file: string, bytes: Uint8Array): Promise<string> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  await makeFolder(folder);
  try {
    await using handle = await open(temporary, 'wx');
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  return temporary;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function fileError(message: string, cause: unknown): StoryTreeError {
  return cause instanceof StoryTreeError ? cause : new StoryTreeError('file_error', message, { cause });
}
