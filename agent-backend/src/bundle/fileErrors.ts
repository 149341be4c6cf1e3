import { StoryTreeError } from '@story-tree/domain';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room and run the task again',
  EDQUOT: 'the disk quota is used up; make room and run the task again',
  EACCES: 'this user may not; change its permissions or choose another output path',
  EPERM: 'this user may not; change its permissions or choose another output path',
  EROFS: 'the file system is read-only; choose another output path',
  ENOTDIR: 'a file stands where a folder is needed; choose another output path',
  EEXIST: 'a file stands where a folder is needed; choose another output path',
  ENAMETOOLONG: 'the path is too long; choose a shorter output path',
};

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a file or a folder on the way to it is not there. */
export function isMissing(error: unknown): boolean {
  const code = errnoOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Whether a rename found something in its place. */
export function isOccupied(error: unknown): boolean {
  const code = errnoOf(error);
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR';
}

/** What the file system said, as a sentence for people; anything else is handed back as it came. */
export function asFileError(action: string, error: unknown): unknown {
  if (error instanceof StoryTreeError) return error;
  const code = errnoOf(error);
  if (code === undefined || !(error instanceof Error && 'syscall' in error)) return error;
  const reason = REASONS[code] ?? `the file system answered ${code}; check the disk and run the task again`;
  return new StoryTreeError('file_error', `${action} failed: ${reason}.`, { cause: error });
}
