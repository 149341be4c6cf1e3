import { StoryTreeError } from '@story-tree/domain/errors';

/** What to do about what the system says of a folder; everything else is about who may write there. */
const WAYS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space, then try again',
  EDQUOT: 'the disk quota is used up: free some space, then try again',
  EROFS: 'the disk can only be read: set STORY_TREE_HOME to a folder on another',
  EISDIR: 'a folder is where a file should be: remove it, then try again',
  ENOTDIR: 'a file is where a folder should be: remove it, then try again',
};
const OTHERWISE = 'check who owns it, or set STORY_TREE_HOME to a folder of your own';

/** That a folder of the embedded database cannot be written to, and what to do about it. */
export function cannotWrite(directory: string, cause: unknown): StoryTreeError {
  const { code = '', path = directory } = systemError(cause) ?? {};
  const way = WAYS[code];
  return new StoryTreeError(
    'database_unavailable',
    `Story Tree cannot write to ${way === undefined ? directory : path}: ${way ?? OTHERWISE}.`,
    { cause },
  );
}

/** Has what the system says while something is done with a folder told in a sentence. */
export async function tellingOfDisk<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemError(error) === undefined ? error : cannotWrite(directory, error);
  }
}

function systemError(error: unknown): NodeJS.ErrnoException | undefined {
  return error instanceof Error && 'syscall' in error ? (error as NodeJS.ErrnoException) : undefined;
}
