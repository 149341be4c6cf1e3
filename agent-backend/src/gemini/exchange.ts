import { Agent, fetch as undiciFetch } from 'undici';

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

/** Statuses that a `Response` may have no body with. */
const BODILESS = new Set([204, 205, 304]);

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Whether a body is wanted whole, or piece by piece as it comes. */
type Delivery = 'whole' | 'stream';

/**
 * Makes functions for the SDK to fetch with, all on one pool of connections. Each serves one attempt and notes in
 * `exchange` what came back. A body that is wanted whole is read to its end within the fetch, and so is that of a
 * refusal, so that whoever aborts or times the fetch covers the body too; a stream is covered by the fetch's signal.
 */
export function createFetchFactory(): (exchange: Exchange, delivery: Delivery) => Fetch {
  const dispatcher = new Agent({
    // Long images and texts are silent for minutes; the attempt's own timer bounds them.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One request per connection: a reset then costs one call, not all those that share it.
    allowH2: false,
  });

  return (exchange, delivery) => async (input, init) => {
    const response = await connect(dispatcher, String(input), init);
    const { status } = response;
    exchange.status = status;
    exchange.retryAfter = response.headers.get('retry-after');
    const headers = { 'content-type': response.headers.get('content-type') ?? '' };
    if (delivery === 'stream' && response.ok && response.body !== null) {
      return new Response(ReadableStream.from(noted(response.body, exchange)), { status, headers });
    }
    exchange.body = await wholeBody(response);
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

async function wholeBody(response: HttpResponse): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new NetworkFailure(error);
  }
}

/** Passes the pieces on and keeps their text, which says more of an error in the middle than the SDK lets through. */
async function* noted(body: NonNullable<HttpResponse['body']>, exchange: Exchange): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) {
      exchange.body = (exchange.body ?? '') + decoder.decode(piece, { stream: true });
      yield piece;
    }
  } catch (error) {
    throw new NetworkFailure(error);
  }
}
