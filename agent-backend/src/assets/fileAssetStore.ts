import { createHash, randomUUID } from 'node:crypto';
import { constants, copyFile, open, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AssetStore, type OpenAsset, type StagedFile, StoryTreeError, storyFolder } from '@story-tree/domain';
import { makeFolder, renameDurably } from './durableFiles.ts';
import {
  descriptorPath,
  inFolderWithoutLinks,
  type OpenFile,
  openWithoutLinks,
  statWithoutLinks,
  unlessMissing,
} from './withoutLinks.ts';

const STORIES = 'generated';

/**
 * Stores assets as files below a folder, in `generated/<story-id>/…`. No symbolic link in there is followed.
 * @param root absolute path of that folder
 */
export function createFileAssetStore(root: string): AssetStore {
  const stories = path.resolve(root, STORIES);

  /** Null while the folder of stories does not exist. @throws StoryTreeError for a path outside it */
  async function find(assetPath: string): Promise<string | null> {
    const relative = path.relative(stories, path.resolve(root, assetPath));
    if (!assetPath.startsWith(`${STORIES}/`) || relative === '' || relative.split(path.sep)[0] === '..') {
      throw new StoryTreeError('file_error', `"${assetPath}" is not the path of a story file.`);
    }
    const base = await unlessMissing(realpath(stories));
    return base === null ? null : path.join(base, relative);
  }

  async function openFile(assetPath: string): Promise<OpenFile | null> {
    const place = await find(assetPath);
    return place === null ? null : await openWithoutLinks(place);
  }

  /** The result of some work with an open file, or null if there is no such file. */
  function ofFile<T>(assetPath: string, work: (file: OpenFile) => Promise<T>): Promise<T | null> {
    return reading(assetPath, async () => {
      const file = await openFile(assetPath);
      await using _ = file?.handle;
      return file === null ? null : await work(file);
    });
  }

  /** Where a file belongs; makes the folder for it. */
  async function makePlace(assetPath: string): Promise<string> {
    await makeFolder(stories);
    const base = await realpath(stories);
    const place = (await find(assetPath)) ?? base;
    await makeFolderBelow(base, path.dirname(place));
    return place;
  }

  return {
    exists(assetPath) {
      return reading(assetPath, async () => {
        const place = await find(assetPath);
        return place !== null && (await statWithoutLinks(place)) !== null;
      });
    },
    stat(assetPath) {
      return reading(assetPath, async () => {
        const place = await find(assetPath);
        const stats = place === null ? null : await statWithoutLinks(place);
        return stats === null ? null : { size: stats.size, modified: stats.mtimeMs };
      });
    },
    async open(assetPath) {
      const file = await reading(assetPath, () => openFile(assetPath));
      return file === null ? null : openAsset(file);
    },
    async read(assetPath) {
      const bytes = await ofFile(assetPath, ({ handle }) => handle.readFile());
      if (bytes !== null) return bytes;
      throw new StoryTreeError(
        'file_error',
        `The file ${assetPath} is missing: put it back, or regenerate it with "override".`,
      );
    },
    sha256(assetPath) {
      return ofFile(assetPath, async ({ handle }) => {
        const hash = createHash('sha256');
        await pipeline(handle.createReadStream({ autoClose: false }), hash);
        return hash.digest('hex');
      });
    },
    async copyTo(assetPath, target) {
      const file = await reading(assetPath, () => openFile(assetPath));
      if (file === null) return false;
      await using handle = file.handle;
      // Only Linux has a path to an open file; elsewhere the path that was just checked must do.
      const source = process.platform === 'linux' ? descriptorPath(handle) : ((await find(assetPath)) ?? '');
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      return true;
    },
    async stage(assetPath, bytes) {
      const place = await writing(assetPath, () => makePlace(assetPath));
      const temporary = await writing(assetPath, () => writeBeside(place, bytes));
      return stagedFile(assetPath, { place, temporary, sha256: createHash('sha256').update(bytes).digest('hex') });
    },
    async remove(assetPath) {
      await removing(assetPath, async () => {
        const place = await find(assetPath);
        if (place === null) return;
        const remove = (folder: string) =>
          rm(path.join(folder, path.basename(place)), { recursive: true, force: true });
        await inFolderWithoutLinks(path.dirname(place), remove);
      });
    },
    async sweep(storyId) {
      await removing(storyFolder(storyId), async () => {
        const folder = await find(storyFolder(storyId));
        if (folder !== null) await inFolderWithoutLinks(folder, sweepFolder);
      });
    },
  };
}

function openAsset({ handle, stats: { size, mtimeMs } }: OpenFile): OpenAsset {
  return {
    size,
    modified: mtimeMs,
    bytes: () => handle.readFile(),
    stream: (range) => Readable.toWeb(handle.createReadStream(size === 0 ? {} : range)) as ReadableStream<Uint8Array>,
    close: () => handle.close(),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

interface Staging {
  place: string;
  /** The file name in the same folder that holds the bytes. */
  temporary: string;
  sha256: string;
}

function stagedFile(assetPath: string, { place, temporary, sha256 }: Staging): StagedFile {
  let published: Promise<void> | undefined;
  const publish = (file: string) => renameDurably(path.join(path.dirname(file), temporary), file);
  return {
    path: assetPath,
    sha256,
    publish() {
      published ??= writing(assetPath, () => inFolderOf(place, publish));
      return published;
    },
    async discard() {
      const remove = (folder: string) => rm(path.join(folder, temporary), { force: true });
      // What cannot be removed now is swept by the next writer, and the work itself is done.
      await inFolderWithoutLinks(path.dirname(place), remove).catch(() => undefined);
    },
  };
}

/** Step by step, so that no folder is made behind a link. */
async function makeFolderBelow(base: string, folder: string): Promise<void> {
  if (folder === base || (await inFolderWithoutLinks(folder, async () => true)) === true) return;
  await makeFolderBelow(base, path.dirname(folder));
  await inFolderOf(folder, makeFolder);
}

/**
 * Works on a file by a path whose folder no link can replace.
 * @throws StoryTreeError `file_error` if the folder does not exist, or only through a link
 */
async function inFolderOf<T>(place: string, work: (file: string) => Promise<T>): Promise<void> {
  const folder = path.dirname(place);
  const done = await inFolderWithoutLinks(folder, async (address) => {
    await work(path.join(address, path.basename(place)));
    return true;
  });
  if (done === null) throw throughLink(folder);
}

/** Names that {@link writeBeside} gives. */
const TEMPORARY = /^\..*\.tmp$/;

async function sweepFolder(folder: string): Promise<void> {
  // With file types: without them, readdir also descends into folders behind links.
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && TEMPORARY.test(entry.name))
      await rm(path.join(entry.parentPath, entry.name), { force: true });
  }
}

/** Writes and syncs a file under a temporary name in the folder it belongs to. @returns that name */
async function writeBeside(place: string, bytes: Uint8Array): Promise<string> {
  const temporary = `.${path.basename(place)}.${randomUUID()}.tmp`;
  await inFolderOf(place, async (file) => {
    const beside = path.join(path.dirname(file), temporary);
    try {
      await using handle = await open(beside, 'wx');
      await handle.writeFile(bytes);
      await handle.sync();
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw error;
    }
  });
  return temporary;
}

function throughLink(folder: string): StoryTreeError {
  return new StoryTreeError(
    'file_error',
    `${folder} is not a real folder, and story files are never written through a link: put a folder in its place.`,
  );
}

const reading = <T>(file: string, work: () => Promise<T>) =>
  explainingFailure(work, `The file ${file} cannot be read. Fix its permissions, then resume.`);

const writing = <T>(file: string, work: () => Promise<T>) =>
  explainingFailure(work, `The file ${file} cannot be written. Free space or fix the permissions, then resume.`);

const removing = <T>(file: string, work: () => Promise<T>) =>
  explainingFailure(
    work,
    `The files in ${file} cannot be removed. Close what holds them open or fix the permissions, then resume.`,
  );

/** Turns what the file system reports into a sentence that names the way out. */
async function explainingFailure<T>(work: () => Promise<T>, message: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StoryTreeError ? error : new StoryTreeError('file_error', message, { cause: error });
  }
}
