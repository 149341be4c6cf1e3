import type { ServerResponse } from 'node:http';
import { ERROR_CODES, type StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import type { ErrorReply } from '../../services/index.ts';
import type { ErrorBody } from '../../wire/index.ts';
import { knownMethods } from './requestRules.ts';

/** What callers are told of an error: a sentence and facts, never a stack, a query or anything foreign. */
export function errorReply(thrown: unknown): ErrorReply {
  const { code, message, issues, details } = storyTreeErrorOf(thrown);
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

/** Anything thrown, as ours. Known by its shape: bundled code has another class of the same name. */
export function storyTreeErrorOf(thrown: unknown): StoryTreeError {
  const isOurs = thrown instanceof Error && thrown.name === 'StoryTreeError' && 'code' in thrown && 'details' in thrown;
  return isOurs ? (thrown as StoryTreeError) : toStoryTreeError(thrown);
}

/** Answers with an error and stops reading: JSON for programs, only the sentence for people. */
export function refuse(response: ServerResponse, { status, body, retryAfter }: ErrorReply, isMachine: boolean): void {
  const { code, message } = body.error;
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('connection', 'close');
  response.setHeader('content-type', isMachine ? 'application/json' : 'text/plain; charset=utf-8');
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  if (code === 'method_not_allowed') response.setHeader('allow', knownMethods(isMachine).join(', '));
  if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  response.end(isMachine ? JSON.stringify(body) : `${message}\n`);
}
