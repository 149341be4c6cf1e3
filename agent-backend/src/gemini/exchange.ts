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

/**
 * Makes functions for the SDK to fetch with, all on one pool of connections. Each serves one attempt and notes in
 * `exchange` what came back; the body is read to its end within the fetch, so that whoever aborts or times the fetch
 * covers the body too.
 */
export function createFetchFactory(): (exchange: Exchange) => Fetch {
  const dispatcher = new Agent({
    // Long images and texts are silent for minutes; the attempt's own timer bounds them.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One request per connection: a reset then costs one call, not all those that share it.
    allowH2: false,
  });

  return (exchange) => async (input, init) => {
    const { status, body, contentType, retryAfter } = await receive(dispatcher, String(input), init);
    exchange.status = status;
    exchange.retryAfter = retryAfter;
    exchange.body = body;
    const headers = { 'content-type': contentType ?? '' };
    return new Response(BODILESS.has(status) ? null : body, { status, headers });
  };
}

async function receive(dispatcher: Agent, address: string, init: RequestInit | undefined) {
  try {
    const response = await undiciFetch(address, {
      dispatcher,
      method: init?.method ?? 'POST',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
      signal: init?.signal ?? null,
      // Following one would hand the key to whoever is there.
      redirect: 'manual',
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      retryAfter: response.headers.get('retry-after'),
      body: await response.text(),
    };
  } catch (error) {
    throw new NetworkFailure(error);
  }
}
