import { encodeEvent, eventsOf } from './stream.ts';
import type { WireCall, WireReply } from './wire.ts';

/** What the server does with a request. */
export type Outcome =
  | { type: 'respond'; status: number; headers: Record<string, string>; body: string }
  /** The connection is torn down, before or during the body. */
  | { type: 'reset'; sent?: string }
  /** The connection stays open and silent, before or during the body. */
  | { type: 'stall'; sent?: string }
  /** The body never ends: the same piece again and again, as fast as it is read. */
  | { type: 'flood'; status: number; headers: Record<string, string>; piece: Uint8Array };

const JSON_HEADERS = { 'content-type': 'application/json; charset=UTF-8' };
const STREAM_HEADERS = { 'content-type': 'text/event-stream' };

export function replyWith(call: WireCall, reply: WireReply): Outcome {
  return raw(200, encodeReply(call, reply), call.streams ? STREAM_HEADERS : JSON_HEADERS);
}

/** The body in the form that the call asks for. */
export function encodeReply({ streams }: WireCall, reply: WireReply): string {
  return streams ? eventsOf(reply).map(encodeEvent).join('') : JSON.stringify(reply);
}

export function raw(status: number, body: string, headers: Record<string, string> = JSON_HEADERS): Outcome {
  return { type: 'respond', status, headers, body };
}

export function flood(
  { streams }: WireCall,
  piece: Uint8Array,
  options: { status?: number; headers?: Record<string, string> } = {},
): Outcome {
  const { status = 200, headers = {} } = options;
  return { type: 'flood', status, headers: { ...(streams ? STREAM_HEADERS : JSON_HEADERS), ...headers }, piece };
}

/** An error in the form of Google's APIs. */
export function refuse(
  status: number,
  name: string,
  message: string,
  options: { details?: readonly unknown[]; headers?: Record<string, string> } = {},
): Outcome {
  const details = options.details === undefined ? {} : { details: options.details };
  const body = JSON.stringify({ error: { code: status, message, status: name, ...details } });
  return raw(status, body, { ...JSON_HEADERS, ...options.headers });
}

/** The detail that says why, such as `API_KEY_INVALID`. */
export function errorInfo(reason: string): unknown {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' };
}
