import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it goes over the wire: `fetch` would tidy it up. */
export interface RawRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Sent without saying how long it is. */
  chunked?: boolean;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** Sends exactly this to the app at an address. */
export async function sendRaw(url: string, { method = 'GET', path, headers = {}, body, chunked }: RawRequest) {
  const { hostname, port } = new URL(url);
  const given: Record<string, string> = { ...headers };
  if (body !== undefined && !chunked) given['content-length'] = String(Buffer.byteLength(body));
  const asked = request({
    hostname,
    port,
    method,
    path,
    headers: given,
    setHost: given.host === undefined,
    agent: false,
  });
  return await new Promise<RawAnswer>((resolve, reject) => {
    let isAnswered = false;
    // An app that refuses a body does not read it: what it answers counts, not that it closes the connection.
    asked.on('error', (error) => isAnswered || reject(error));
    asked.on('response', async (message) => {
      isAnswered = true;
      const entries = Object.entries(message.headers).map(([name, value]): [string, string] => [name, String(value)]);
      resolve({ status: message.statusCode ?? 0, headers: new Headers(entries), body: await text(message) });
    });
    asked.end(body);
  });
}

/** Sends bytes that need not be a request at all. @returns what comes back, unread */
export async function sendBytes(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.end(bytes);
  return await text(socket).catch(() => '');
}

/** Begins a request with a body, and leaves as soon as the app asks for the rest of it. */
export async function leaveHalfway(url: string, path: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const headers = ['Host: localhost', 'Content-Type: application/json', 'Content-Length: 100', 'Expect: 100-continue'];
  socket.write([`POST ${path} HTTP/1.1`, ...headers, '', '{"operation"'].join('\r\n'));
  await once(socket, 'data');
  socket.destroy();
}
