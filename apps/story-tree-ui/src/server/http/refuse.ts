import type { ServerResponse } from 'node:http';
import type { ErrorReply } from './errorReply.ts';
import { knownMethods } from './requestRules.ts';

/** Answers with an error and does not read on: JSON for programs, the sentence alone for people. */
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
