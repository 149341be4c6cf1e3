import { codeOf, StoryTreeError } from '@story-tree/domain';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'no folder can be created there',
  ENOTDIR: 'there is a file where a folder is needed',
  EEXIST: 'there is a file where a folder is needed',
  ELOOP: 'its symbolic links lead round in a circle',
  ENAMETOOLONG: 'the path is too long',
  ERR_INVALID_ARG_VALUE: 'the path contains a character that no path can have',
};

/** Whether there was no room for what should be written: then another place is not the only way out. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What the file system reported, in words that complete "It failed: …". */
export function fileReason(error: unknown): string {
  if (error instanceof StoryTreeError) return error.message;
  const code = codeOf(error) ?? 'an unknown error';
  return REASONS[code] ?? `the file system reports ${code}`;
}
