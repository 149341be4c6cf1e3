import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.m4a': 'audio/mp4',
  '.json': 'application/json',
};

/** Also of no use: names of files that are still being written begin with a dot. */
const SAFE_NAME = /^[^./\\\0][^/\\\0]*$/;

/** Errors that mean: there is no such file, whatever way it is missing. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EINVAL']);

export interface OpenFile {
  handle: FileHandle;
  contentType: string;
  size: number;
  /** Changes whenever the file does. */
  etag: string;
  modified: Date;
}

/**
 * Opens a file below a folder.
 * @returns null when there is none of that name, it is no media of a story, or the way there leads out of the folder
 */
export async function openFileWithin(root: string, segments: readonly string[]): Promise<OpenFile | null> {
  const contentType = TYPES[path.extname(segments.at(-1) ?? '').toLowerCase()];
  if (contentType === undefined || !segments.every((segment) => SAFE_NAME.test(segment))) return null;
  try {
    const [base, file] = await Promise.all([realpath(root), realpath(path.join(root, ...segments))]);
    return file.startsWith(`${base}${path.sep}`) ? await openRegular(file, contentType) : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && MISSING.has(String(error.code))) return null;
    throw error;
  }
}

async function openRegular(file: string, contentType: string): Promise<OpenFile | null> {
  const handle = await open(file, 'r');
  const facts = await handle.stat({ bigint: true });
  if (!facts.isFile()) {
    await handle.close();
    return null;
  }
  return {
    handle,
    contentType,
    size: Number(facts.size),
    etag: `"${facts.size.toString(36)}-${facts.mtimeNs.toString(36)}"`,
    modified: facts.mtime,
  };
}
