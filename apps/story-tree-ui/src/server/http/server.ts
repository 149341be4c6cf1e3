import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, StoryTreeError } from '@story-tree/domain';
import type { Logger } from '../log.ts';
import { errorReply, refuse } from './errorReply.ts';

/** A connection that is idle for this long is closed, also when its client has stopped reading. */
const IDLE_MS = 60_000;
/** How long a request may take to arrive. */
const REQUEST_MS = 30_000;

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServerOptions {
  /** Next speaks to its pages over a web socket then; otherwise there is nothing to upgrade to. */
  dev: boolean;
  handle: Handle;
  /** Told of what was no request, with the status that it was answered with. */
  onMalformed(status: number): void;
}

export function createHttpServer({ dev, handle, onMalformed }: HttpServerOptions): Server {
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, shouldUpgradeCallback: () => dev },
    (request, response) => void handle(request, response),
  );
  server.timeout = IDLE_MS;
  answerMalformed(server, onMalformed);
  return server;
}

/** How long responses in progress may take, in milliseconds. */
const GRACE_MS = 1_000;

/** Stops listening, gives responses in progress a moment to finish, then closes every connection. */
export async function stopServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const grace = new AbortController();
  await Promise.race([closed, sleep(GRACE_MS, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  server.closeAllConnections();
}

const PORTS_TO_TRY = 20;
const LAST_PORT = 65_535;

export interface Address {
  host: string;
  /** 0 asks the system for any free port. */
  port: number;
  /** Whether the next free port will do if this one is taken. A proxy in front would look for the app in vain then. */
  orNext: boolean;
}

/**
 * Starts to listen.
 * @returns the port
 * @throws StoryTreeError `not_configured` when the port is taken, or the address is not one of this machine
 */
export async function listen(server: Server, { host, port: wanted, orNext }: Address, log: Logger): Promise<number> {
  const last = orNext ? Math.min(wanted + PORTS_TO_TRY - 1, LAST_PORT) : wanted;
  for (let port = wanted; port <= last; port += 1) {
    if (await canListen(server, host, port)) return (server.address() as AddressInfo).port;
    if (port < last) log.warn(`Port ${port} is taken; trying ${port + 1}.`);
  }
  throw new StoryTreeError('not_configured', taken(wanted, last));
}

function taken(first: number, last: number): string {
  const which = first === last ? `Port ${first} is taken` : `All ports from ${first} to ${last} are taken`;
  return `${which}: set PORT to a free one, or stop the program that listens there.`;
}

async function canListen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false;
    throw new StoryTreeError('not_configured', unusable(host, port, error), { cause: error });
  }
}

function unusable(host: string, port: number, error: unknown): string {
  if (codeOf(error) === 'EACCES') return `Port ${port} may not be used by this user: set PORT to 1024 or more.`;
  return `HOST is ${host}, which is not an address of this machine: use 127.0.0.1 or one of its addresses.`;
}

const UNREADABLE = errorReply(new StoryTreeError('bad_request', 'The request cannot be parsed: send valid HTTP/1.1.'));

/** What Node found wrong, where that is more than a bad request. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers in the same shape also when Node could not parse a request. */
function answerMalformed(server: Server, onMalformed: HttpServerOptions['onMalformed']): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = STATUSES[error.code ?? ''] ?? 400;
    onMalformed(status);
    socket.end(rawAnswer(status));
  });
  // An unknown Expect header; Node would answer without a body.
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    onMalformed(UNREADABLE.status);
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
