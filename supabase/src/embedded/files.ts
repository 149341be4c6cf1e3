import { constants, lstat, open, stat } from 'node:fs/promises';

/** As much as any of the small files of a cluster holds, and far more. */
const SMALL_BYTES = 16 * 1024;

/** Whether something is there. @throws what the system says where that cannot be told, as below a closed folder. */
export async function exists(file: string): Promise<boolean> {
  return (await statIfThere(file)) !== undefined;
}

/** What the system knows of a file or, through links, of what they lead to; undefined where there is none. */
export function statIfThere(file: string) {
  return stat(file).catch(undefinedIfMissing);
}

/** The same for a link itself. */
export function lstatIfThere(file: string) {
  return lstat(file).catch(undefinedIfMissing);
}

/**
 * Reads a small file that others may have put there: follows no link, waits for nobody and reads no more than the limit.
 *
 * @returns undefined where there is none. @throws what the system says, `ELOOP` for a link.
 */
export async function readSmallFile(file: string): Promise<{ text: string; uid: number } | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    undefinedIfMissing,
  );
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new Error(`${file} is no plain file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SMALL_BYTES), 0, SMALL_BYTES, null);
    return { text: buffer.toString('utf8', 0, bytesRead), uid: found.uid };
  } finally {
    await handle.close();
  }
}

/** Makes an entry of a folder, such as a rename in it, survive a crash of the machine. */
export async function syncFolder(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}

function undefinedIfMissing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
