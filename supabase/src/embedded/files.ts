import { constants, lstat, open, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, StoryTreeError } from '@story-tree/domain/errors';

/** Far more than any of the small files of a cluster holds. */
const SMALL_BYTES = 16 * 1024;

/**
 * Kinds of file systems, as Linux names them, that several machines may have open: drives on a network, and folders that a
 * virtual machine gets from its host. A lock taken on one side is not seen on the other.
 */
const SHARED_KINDS = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', '9p', 'ceph', 'afs', 'lustre', 'gpfs', 'beegfs', 'orangefs'],
  ...['virtiofs', 'vboxsf', 'vmhgfs', 'prl_fs', 'fakeowner', 'osxfs'],
]);
/** Behind `fuse.`; other file systems of this kind are local. */
const SHARED_FUSE =
  /^fuse\.(sshfs|ceph|glusterfs|s3fs|rclone|davfs|gcsfuse|goofys|juicefs|vmhgfs|grpcfuse|osxfs|smb|cifs|nfs)/;

/** Whether something is there. @throws the system's error where that is unknown, as below a closed folder. */
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
 * Reads a small file that others may have put there: follows no link, never blocks and reads no more than the limit.
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
  const code = codeOf(error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}

/** @throws StoryTreeError `database_unavailable` when `directory` is on a drive that other machines may have open too. */
export async function refuseSharedDrive(directory: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const kind = kindOf(await readFile('/proc/self/mountinfo', 'utf8'), await realpath(directory));
  if (kind === undefined) return;
  throw new StoryTreeError(
    'database_unavailable',
    `${directory} is on a drive that other machines may use (${kind}), where locks do not keep two servers apart: move the home to a disk of this machine and set STORY_TREE_HOME to it, or set DATABASE_URL.`,
  );
}

/**
 * The kind of the shared drive that a file is on, undefined for any other. The root of the file system never counts: it is
 * what this machine or container runs on by itself.
 *
 * @param mountinfo as in proc(5): the fifth field is the mount point, and the kind follows a lone hyphen.
 */
export function kindOf(mountinfo: string, file: string): string | undefined {
  let best = { point: '/', kind: '' };
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = unescapeOctal(before.split(' ')[4] ?? '');
    // Of several on one point, the last one hides the others.
    if (isInside(file, point) && point.length >= best.point.length) best = { point, kind: after.split(' ')[0] ?? '' };
  }
  const isShared = SHARED_KINDS.has(best.kind) || SHARED_FUSE.test(best.kind);
  return isShared && best.point !== '/' ? best.kind : undefined;
}

function isInside(file: string, point: string): boolean {
  return point !== '' && (file === point || file.startsWith(point.endsWith(path.sep) ? point : `${point}${path.sep}`));
}

/** Blanks and the like are written as in `\040`. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
