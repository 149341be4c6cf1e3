import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { StoryTreeError } from '@story-tree/domain';
import { errorReply } from './errorReply.ts';
import { refuse } from './refuse.ts';

const UNREADABLE = errorReply(
  new StoryTreeError('bad_request', 'The request cannot be read: send it as HTTP/1.1 has it.'),
);

/** What Node found wrong, where that is not simply a bad request. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers in the one shape also where Node could make no request of what came. */
export function answerMalformed(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    socket.end(rawAnswer(STATUSES[error.code ?? ''] ?? 400));
  });
  // An Expect header that means nothing; Node would answer without a word.
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    refuse(response, UNREADABLE, true);
  });
}

function rawAnswer(status: number): string {
  const body = JSON.stringify(UNREADABLE.body);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
