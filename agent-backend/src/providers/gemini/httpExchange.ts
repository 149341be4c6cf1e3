import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { MAX_REFUSAL_BYTES, requireBounds, startOfBody, textOfBody, wholeEvents } from './boundedBody.ts';

/** The outcome of one HTTP exchange: the SDK's errors have lost the headers and sometimes the status. */
export interface Exchange {
  status?: number;
  retryAfter?: string | null;
  body?: string;
}

/** The connection failed before the answer was complete. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super('The connection to the service failed.', { cause });
    this.name = 'NetworkFailure';
  }
}

const MAX_HEADER_BYTES = 16 * 1024;

/** Statuses with which a `Response` must not have a body. */
const BODILESS = new Set([204, 205, 304]);

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Whether a body is delivered as a whole, or piece by piece as it arrives. */
type Delivery = 'whole' | 'stream';

/**
 * Makes `fetch` functions for the SDK, all on one connection pool. Each serves one attempt and records in `exchange` what
 * came back. A body delivered as a whole is read to its end within the fetch, as is that of an error response, so that an
 * abort or timeout of the fetch covers the body too; a stream is covered by the fetch's signal. Reading stops with an
 * `ExcessiveReply` after `maxBytes`; headers may take 16 KB.
 *
 * @param proxy what all connections go through
 */
export function createFetchFactory(proxy?: URL): (exchange: Exchange, delivery: Delivery, maxBytes: number) => Fetch {
  const options: Agent.Options = {
    // Long images and texts are silent for minutes; the attempt's own timer limits them.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    // One request per connection: a reset then costs one call, not every call that shares it.
    allowH2: false,
  };
  const dispatcher = proxy === undefined ? new Agent(options) : new ProxyAgent({ ...options, uri: proxy.href });

  return (exchange, delivery, maxBytes) => async (input, init) => {
    const response = await connect(dispatcher, String(input), init);
    const { status } = response;
    exchange.status = status;
    exchange.retryAfter = response.headers.get('retry-after');
    const headers = { 'content-type': response.headers.get('content-type') ?? '' };
    const body = response.body === null ? nothing() : bytesOf(response.body);
    if (!response.ok) exchange.body = await startOfBody(body, MAX_REFUSAL_BYTES);
    else if (delivery === 'stream') {
      const events = wholeEvents(textOfBody(body, maxBytes));
      return new Response(ReadableStream.from(recorded(events, exchange)), { status, headers });
    } else exchange.body = await wholeBody(textOfBody(body, maxBytes));
    return new Response(BODILESS.has(status) ? null : exchange.body, { status, headers });
  };
}

type HttpResponse = Awaited<ReturnType<typeof undiciFetch>>;

async function connect(dispatcher: Dispatcher, address: string, init: RequestInit | undefined): Promise<HttpResponse> {
  try {
    return await undiciFetch(address, {
      dispatcher,
      method: init?.method ?? 'POST',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
      signal: init?.signal ?? null,
      // Following a redirect would hand the key to another host.
      redirect: 'manual',
    });
  } catch (error) {
    throw new NetworkFailure(error);
  }
}

/** Distinguishes a broken connection from a faulty body. */
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

/** Passes events on and records their text, which says more about an error mid-stream than the SDK does. */
async function* recorded(events: AsyncIterable<string>, exchange: Exchange): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const event of events) {
    exchange.body = (exchange.body ?? '') + event;
    yield encoder.encode(event);
  }
}
