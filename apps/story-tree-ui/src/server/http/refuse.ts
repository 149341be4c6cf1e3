import type { ServerResponse } from 'node:http';
import { errorReply } from './errorReply.ts';

/** Answers with an error and does not read on: JSON for programs, the sentence alone for people. */
export function refuse(response: ServerResponse, thrown: unknown, isMachine: boolean): void {
  const { status, body } = errorReply(thrown);
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('connection', 'close');
  response.setHeader('content-type', isMachine ? 'application/json' : 'text/plain; charset=utf-8');
  response.end(isMachine ? JSON.stringify(body) : `${body.error.message}\n`);
}
