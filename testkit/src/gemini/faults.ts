import { gzipSync } from 'node:zlib';
import type { ModelKind } from '@story-tree/agent-backend';
import { CONTENT_FAULTS } from './contentFaults.ts';
import { encodeReply, errorInfo, flood, type Outcome, raw, refuse, replyWith } from './outcomes.ts';
import { REPLY_FAULTS } from './replyFaults.ts';
import { STREAM_FAULTS } from './streamFaults.ts';
import type { WireCall, WireReply } from './wire.ts';

/** The input of a fault. */
export interface FaultInput {
  call: WireCall;
  /** Seconds that the service asks to be left alone. */
  retryAfterS: number;
  /** Events of a stream that come before it. */
  afterEvents: number;
  /** What the service would have sent. */
  healthy(): Promise<WireReply>;
}

type TransportFault = (input: FaultInput) => Outcome | Promise<Outcome>;

const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';
const QUOTA_FAILURE = 'type.googleapis.com/google.rpc.QuotaFailure';
const QUOTA_MESSAGE = 'You exceeded your current quota, please check your plan and billing details.';

function quotaFailure(quotaId: string): unknown {
  return { '@type': QUOTA_FAILURE, violations: [{ quotaId, quotaValue: '10' }] };
}

const SPACES = Buffer.alloc(1_000_000, ' ');
const FEW_EVENTS = Buffer.from(`${': still thinking'.padEnd(100)}\n\n`.repeat(1_000));

async function startOf(input: FaultInput): Promise<string> {
  const body = encodeReply(input.call, await input.healthy());
  return body.slice(0, body.length / 2);
}

/** Faults of the connection and of HTTP. */
const TRANSPORT_FAULTS = {
  'rate-limited': ({ retryAfterS }) =>
    refuse(429, 'RESOURCE_EXHAUSTED', `${QUOTA_MESSAGE} Please retry in ${retryAfterS}s.`, {
      details: [
        quotaFailure('GenerateContentPaidTierInputTokensPerModelPerMinute'),
        { '@type': RETRY_INFO, retryDelay: `${retryAfterS}s` },
      ],
    }),
  'rate-limited-header': ({ retryAfterS }) =>
    refuse(429, 'RESOURCE_EXHAUSTED', QUOTA_MESSAGE, { headers: { 'retry-after': `${Math.ceil(retryAfterS)}` } }),
  'rate-limited-bare': () => refuse(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted.'),
  'quota-per-day': () =>
    refuse(429, 'RESOURCE_EXHAUSTED', QUOTA_MESSAGE, {
      details: [quotaFailure('GenerateRequestsPerDayPerProjectPerModel')],
    }),
  'request-timeout': () => refuse(408, 'DEADLINE_EXCEEDED', 'Request timeout.'),
  'server-error': () => refuse(500, 'INTERNAL', 'An internal error has occurred.'),
  'bad-gateway': () => raw(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
  overloaded: () => refuse(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  'gateway-timeout': () => refuse(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
  'malformed-error': () => raw(500, '{"error":{"code":500,"mess'),
  'bad-request': () => refuse(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.'),
  'bad-key': ({ call }) =>
    refuse(400, 'INVALID_ARGUMENT', `API key not valid: ${call.headers['x-goog-api-key']}`, {
      details: [errorInfo('API_KEY_INVALID')],
    }),
  unauthenticated: () => refuse(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
  forbidden: ({ call }) =>
    refuse(403, 'PERMISSION_DENIED', `Consumer 'api_key:${call.headers['x-goog-api-key']}' has been suspended.`),
  'wrong-place': () => refuse(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
  'unknown-model': ({ call }) => refuse(404, 'NOT_FOUND', `models/${call.model} is not found for API version v1beta.`),
  'wrote-instead': () =>
    refuse(400, 'INVALID_ARGUMENT', 'Model tried to generate text, but it should only be used for TTS.'),
  redirect: () => raw(302, '', { location: 'http://127.0.0.1:9/elsewhere' }),
  'no-content': () => raw(204, ''),
  'socket-reset': () => ({ type: 'reset' }),
  'reset-mid-body': async (input) => ({ type: 'reset', sent: await startOf(input) }),
  stall: () => ({ type: 'stall' }),
  'stall-mid-body': async (input) => ({ type: 'stall', sent: await startOf(input) }),
  'malformed-body': () => raw(200, '{"candidates":[{"content":'),
  'empty-body': () => raw(200, ''),
  'null-body': () => raw(200, 'null'),
  'endless-body': ({ call }) => flood(call, SPACES),
  'endless-events': ({ call }) => flood(call, FEW_EVENTS),
  'inflating-body': ({ call }) => flood(call, gzipSync(SPACES), { headers: { 'content-encoding': 'gzip' } }),
  'endless-refusal': ({ call }) => flood(call, SPACES, { status: 500 }),
  'long-header': () => raw(200, '{}', { 'x-padding': 'x'.repeat(20_000) }),
  'deep-body': ({ call }) => raw(200, `${call.streams ? 'data: ' : ''}{"candidates":${'['.repeat(100_000)}`),
  'countless-parts': ({ call }) => raw(200, `${call.streams ? 'data: ' : ''}{"parts":[${'{},'.repeat(25_000)}{}]}`),
  'odd-types': ({ call }) => raw(200, `${call.streams ? 'data: ' : ''}{"candidates":[{"content":{"parts":[7,null]}}]}`),
} satisfies Record<string, TransportFault>;

export type FaultName = keyof typeof TRANSPORT_FAULTS | keyof typeof REPLY_FAULTS | keyof typeof CONTENT_FAULTS;

/** Faults that only a stream can have: they strike after it has begun well. */
export type StreamFaultName = keyof typeof STREAM_FAULTS;

/** Faults that only one kind of call can have; all others can happen to every kind. */
const ONE_KIND: Partial<Record<FaultName, ModelKind>> = {
  'wrote-instead': 'speech',
  'no-image': 'image',
  'image-safety': 'image',
  'image-other': 'image',
  'image-prohibited': 'image',
  'words-only': 'image',
  ...Object.fromEntries(Object.entries(CONTENT_FAULTS).map(([name, { kind }]) => [name, kind])),
};

export const STREAM_FAULT_NAMES = Object.keys(STREAM_FAULTS) as StreamFaultName[];

/** Every fault that a reply can have without being streamed. */
export const FAULT_NAMES = [TRANSPORT_FAULTS, REPLY_FAULTS, CONTENT_FAULTS].flatMap(
  (faults) => Object.keys(faults) as FaultName[],
);

/** Every fault that can happen to a kind of call. */
export function faultNamesOf(kind: ModelKind): FaultName[] {
  return FAULT_NAMES.filter((name) => (ONE_KIND[name] ?? kind) === kind);
}

/** What the server does instead of answering. A fault that a call cannot have does not affect it. */
export async function applyFault(name: FaultName | StreamFaultName, input: FaultInput): Promise<Outcome> {
  const { call } = input;
  if (isStreamFault(name)) {
    const healthy = await input.healthy();
    return call.streams ? STREAM_FAULTS[name](healthy, input) : replyWith(call, healthy);
  }
  if ((ONE_KIND[name] ?? call.kind) !== call.kind) return replyWith(call, await input.healthy());
  if (name in TRANSPORT_FAULTS) return TRANSPORT_FAULTS[name as keyof typeof TRANSPORT_FAULTS](input);
  const healthy = await input.healthy();
  if (name in REPLY_FAULTS) return replyWith(call, REPLY_FAULTS[name as keyof typeof REPLY_FAULTS](healthy));
  return replyWith(call, CONTENT_FAULTS[name as keyof typeof CONTENT_FAULTS].apply(healthy));
}

function isStreamFault(name: FaultName | StreamFaultName): name is StreamFaultName {
  return name in STREAM_FAULTS;
}
