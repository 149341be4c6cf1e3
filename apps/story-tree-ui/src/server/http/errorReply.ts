import { ERROR_CODES, type StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import type { ErrorBody } from '../../wire/index.ts';

/** An error as it leaves the app: a status and the one shape. */
export interface ErrorReply {
  status: number;
  body: ErrorBody;
  /** In seconds, where it is known when trying again may help. */
  retryAfter?: string;
}

/** What is thrown, for those who called: a sentence and facts, never a stack, a query or anything foreign. */
export function errorReply(thrown: unknown): ErrorReply {
  const { code, message, issues, details } = isStoryTreeError(thrown) ? thrown : toStoryTreeError(thrown);
  const { taskId, holder, retryAfter } = details;
  const error: ErrorBody['error'] = {
    code,
    message: code === 'internal' ? toStoryTreeError(null).message : message,
    ...(issues.length === 0 ? {} : { issues }),
    ...(taskId === undefined ? {} : { taskId }),
    ...(holder === undefined ? {} : { holder }),
  };
  return { status: ERROR_CODES[code].http, body: { error }, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** By its looks: bundled code has a class of the same name that is not the same. */
function isStoryTreeError(thrown: unknown): thrown is StoryTreeError {
  return thrown instanceof Error && thrown.name === 'StoryTreeError' && 'code' in thrown && 'details' in thrown;
}
