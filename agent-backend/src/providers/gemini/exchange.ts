import { Agent, fetch as undiciFetch } from 'undici';
import { startOfBody, textOfBody, wholeEvents } from './boundedBody.ts';
import { MOST_REFUSAL_BYTES, requireBounds } from './replyLimits.ts';

/** What one HTTP exchange came to: the SDK's errors have lost the headers and sometimes the status. */
export interface Exchange {
  status?: number;
  retryAfter?: string | null;
  body?: string;
}

/** The connection failed before a whole answer was there. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super('The connection to the service failed.', { cause });
    this.name = 'NetworkFailure';
  }
}

const MOST_HEADER_BYTES = 16 * 1024;

/** Statuses that a `Response` may have no body with. */
const BODILESS = new Set([204, 205, 304]);

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Whether a body is wanted whole, or piece by piece as it comes. */
type Delivery = 'whole' | 'stream';

/**
 * Makes functions for the SDK to fetch with, all on one pool of connections. Each serves one attempt and notes in
 * `exchange` what came back. A body that is wanted whole is read to its end within the fetch, and so is that of a
 * refusal, so that whoever aborts or times the fetch covers the body too; a stream is covered by the fetch's signal.
 * Of a body of more than `mostBytes` nothing more is read (`ExcessiveReply`); headers may take 16 KB.
 */
export function createFetchFactory(): (exchange: Exchange, delivery: Delivery, mostBytes: number) => Fetch {
  const dispatcher = new Agent({
    // Long images and texts are silent for minutes; the attempt's own timer bounds them.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
    // One request per connection: a reset then costs one call, not all those that share it.
    allowH2: false,
  });

  return (exchange, delivery, mostBytes) => async (input, init) => {
    const response = await connect(dispatcher, String(input), init);
    const { status } = response;
    exchange.status = status;
    exchange.retryAfter = response.headers.get('retry-after');
    const headers = { 'content-type': response.headers.get('content-type') ?? '' };
    const body = response.body === null ? nothing() : bytesOf(response.body);
    if (!response.ok) exchange.body = await startOfBody(body, MOST_REFUSAL_BYTES);
    else if (delivery === 'stream') {
      const events = wholeEvents(textOfBody(body, mostBytes));
      return new Response(ReadableStream.from(noted(events, exchange)), { status, headers });
    } else exchange.body = await wholeBody(textOfBody(body, mostBytes));
    return new Response(BODILESS.has(status) ? null : exchange.body, { status, headers });
  };
}

type HttpResponse = Awaited<ReturnType<typeof undiciFetch>>;

async function connect(dispatcher: Agent, address: string, init: RequestInit | undefined): Promise<HttpResponse> {
  try {
    return await undiciFetch(address, {
      dispatcher,
      method: init?.method ?? 'POST',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
      signal: init?.signal ?? null,
      // Following one would hand the key to whoever is there.
      redirect: 'manual',
    });
  } catch (error) {
    throw new NetworkFailure(error);
  }
}

/** Tells what breaks a connection from what is wrong with the body. */
async function* bytesOf(body: NonNullable<HttpResponse['body']>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new NetworkFailure(error);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function wholeBody(pieces: AsyncIterable<string>): Promise<string> {
  let body = '';
  for await (const piece of pieces) body += piece;
  requireBounds(body);
  return body;
}

/** Passes the events on and keeps their text, which says more of an error in the middle than the SDK lets through. */
async function* noted(events: AsyncIterable<string>, exchange: Exchange): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const event of events) {
    exchange.body = (exchange.body ?? '') + event;
    yield encoder.encode(event);
  }
}
