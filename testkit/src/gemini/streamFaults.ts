import { type Outcome, raw } from './outcomes.ts';
import { encodeEvent, eventsOf } from './stream.ts';
import type { WireReply } from './wire.ts';

/** After how many events a fault strikes, and how many seconds the service then asks to be left alone. */
interface Place {
  afterEvents: number;
  retryAfterS: number;
}

type StreamFault = (reply: WireReply, place: Place) => Outcome;

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

function refusal(code: number, status: string, message: string, details: readonly unknown[] = []): string {
  return encodeEvent({ error: { code, message, status, details } });
}

const startOf = (reply: WireReply, { afterEvents }: Place): string =>
  eventsOf(reply).slice(0, afterEvents).map(encodeEvent).join('');

const stream = (body: string): Outcome => raw(200, body, { 'content-type': 'text/event-stream' });

/** Faults in the middle of a stream that began with status 200. */
export const STREAM_FAULTS = {
  'stream-overloaded': (reply, place) =>
    stream(startOf(reply, place) + refusal(503, 'UNAVAILABLE', 'The model is overloaded.')),
  'stream-throttled': (reply, place) => {
    const details = [{ '@type': RETRY_INFO, retryDelay: `${place.retryAfterS}s` }];
    return stream(startOf(reply, place) + refusal(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', details));
  },
  'stream-refused': (reply, place) =>
    stream(startOf(reply, place) + refusal(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.')),
  'stream-bare-error': (reply, place) =>
    stream(`${startOf(reply, place)}${JSON.stringify({ error: { code: 500, message: 'Internal.' } })}`),
  'stream-cut': (reply, place) => ({ type: 'reset', sent: startOf(reply, place) }),
  'stream-stall': (reply, place) => ({ type: 'stall', sent: startOf(reply, place) }),
  'stream-closed': (reply, place) => stream(startOf(reply, place)),
  'stream-half-event': (reply, place) => stream(`${startOf(reply, place)}data: {"candidates":[{"content":`),
  'stream-malformed': (reply, place) => stream(`${startOf(reply, place)}data: {"candidates":[{]}\r\n\r\n`),
} satisfies Record<string, StreamFault>;
