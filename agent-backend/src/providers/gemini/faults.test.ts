import { inspect } from 'node:util';
import type { ErrorCode } from '@story-tree/domain';
import {
  FAULT_NAMES,
  type FaultName,
  faultNamesOf,
  type GeminiServer,
} from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallContext, MODEL_KINDS, type ModelKind } from '../../models/ports.ts';
import { ask, modelsAt, startPair, TEST_KEY } from './testCalls.ts';

/** The outcome of a fault that does not go away, and after how many requests. */
type Lasting = readonly [ErrorCode | 'answered', number];

const BROKEN: Lasting = ['model_unavailable', 5];
const THROTTLED: Lasting = ['model_rate_limited', 11];
const EMPTY: Lasting = ['model_empty', 3];
const BLOCKED: Lasting = ['model_blocked', 1];
const TRUNCATED: Lasting = ['model_truncated', 2];
const REJECTED: Lasting = ['model_rejected', 1];
const UNAUTHORIZED: Lasting = ['model_unauthorized', 1];
const EXCESSIVE: Lasting = ['model_reply_invalid', 1];
/** Left to the reader of the reply. */
const ANSWERED: Lasting = ['answered', 1];

const LASTING: Readonly<Record<FaultName, Lasting>> = {
  'rate-limited': THROTTLED,
  'rate-limited-header': THROTTLED,
  'rate-limited-bare': THROTTLED,
  'quota-per-day': ['model_quota_exhausted', 1],
  'request-timeout': BROKEN,
  'server-error': BROKEN,
  'bad-gateway': BROKEN,
  overloaded: BROKEN,
  'gateway-timeout': BROKEN,
  'malformed-error': BROKEN,
  'bad-request': REJECTED,
  'bad-key': UNAUTHORIZED,
  unauthenticated: UNAUTHORIZED,
  forbidden: UNAUTHORIZED,
  'wrong-place': REJECTED,
  'unknown-model': REJECTED,
  'wrote-instead': ['model_rejected', 2],
  redirect: REJECTED,
  'no-content': BROKEN,
  'socket-reset': BROKEN,
  'reset-mid-body': BROKEN,
  stall: BROKEN,
  'stall-mid-body': BROKEN,
  'malformed-body': BROKEN,
  'empty-body': BROKEN,
  'null-body': BROKEN,
  'endless-body': EXCESSIVE,
  'endless-events': EXCESSIVE,
  'inflating-body': EXCESSIVE,
  'endless-refusal': BROKEN,
  'long-header': BROKEN,
  'deep-body': EXCESSIVE,
  'countless-parts': EXCESSIVE,
  'odd-types': BROKEN,
  'empty-object': EMPTY,
  'no-candidates': EMPTY,
  'empty-candidates': EMPTY,
  'stop-without-parts': EMPTY,
  'blank-text': EMPTY,
  'thoughts-only': EMPTY,
  'words-only': EMPTY,
  'no-finish-reason': EMPTY,
  truncated: TRUNCATED,
  'all-thinking': TRUNCATED,
  continuation: EMPTY,
  'prompt-blocked': BLOCKED,
  safety: BLOCKED,
  recitation: BLOCKED,
  blocklist: BLOCKED,
  prohibited: BLOCKED,
  spii: BLOCKED,
  language: BLOCKED,
  other: EMPTY,
  'malformed-response': EMPTY,
  'unheard-of': EMPTY,
  'no-image': EMPTY,
  'image-other': EMPTY,
  'image-safety': BLOCKED,
  'image-prohibited': BLOCKED,
  'no-usage': ANSWERED,
  'endless-text': ANSWERED,
  'deep-json': ANSWERED,
  'countless-values': ANSWERED,
  'cut-json': ANSWERED,
  'not-json': ANSWERED,
  'fenced-json': ANSWERED,
  'prose-json': ANSWERED,
  'split-json': ANSWERED,
  'invalid-document': ANSWERED,
  'wrong-ids': ANSWERED,
  jpeg: ANSWERED,
  'garbage-image': ANSWERED,
  'cut-image': ANSWERED,
  'empty-image': EMPTY,
  'vast-webp': ANSWERED,
  'vast-png': ANSWERED,
  'inflating-png': ANSWERED,
  'draft-images': ANSWERED,
  'image-as-thought': ANSWERED,
  wav: ANSWERED,
  'odd-pcm': ANSWERED,
  'split-pcm': ANSWERED,
  'empty-audio': EMPTY,
  'chunked-wav': ANSWERED,
  'lying-wav': ANSWERED,
  mp3: ANSWERED,
};

const CASES = MODEL_KINDS.flatMap((kind) => faultNamesOf(kind).map((fault) => [fault, kind] as const));

/** Only a fault that hangs may meet the timeout, however busy the machine is. */
function timeoutsFor(fault: FaultName, stallMs: number): Partial<Record<ModelKind, number>> {
  return fault.startsWith('stall') ? { text: stallMs, image: stallMs, speech: stallMs } : {};
}

/** Milliseconds after which a request that hangs is given up; more where the next one is to be answered in time. */
const BRIEF_STALL = 100;
const LONG_STALL = 400;

let server: GeminiServer;

beforeAll(async () => {
  ({ server } = await startPair());
});

afterAll(() => server.close());

async function outcomeOf(
  fault: FaultName,
  kind: ModelKind,
  context: Partial<CallContext> = {},
  stallMs = BRIEF_STALL,
): Promise<{ code: string; error?: Error; requests: number }> {
  const before = server.requests.length;
  const models = modelsAt(server.baseUrl, { timeouts: timeoutsFor(fault, stallMs) });
  const result = await ask(models, kind, context).then(
    () => ({ code: 'answered' }),
    (error) => ({ code: error.code ?? error.name, error }),
  );
  return { ...result, requests: server.requests.length - before };
}

describe('a fault that stays', () => {
  it.each(CASES)('%s, of %s', async (fault, kind) => {
    server.setFault({ fault });
    const { code, error, requests } = await outcomeOf(fault, kind);

    expect([code, requests]).toEqual(LASTING[fault]);
    if (error === undefined) return;
    expect(error.name).toBe('StoryTreeError');
    expect(error.message).toMatch(/^([A-Z]|gemini-).*\.$/);
    expect(error.message).not.toMatch(/[{}<>\n]|undefined|\[object/);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(TEST_KEY);
  });
});

describe('a fault of a streamed reply', () => {
  const listened = { onText: () => {} };

  it.each(faultNamesOf('text'))('that stays, %s, has the same outcome', async (fault) => {
    server.setFault({ fault });
    const { code, error, requests } = await outcomeOf(fault, 'text', listened);
    expect([code, requests]).toEqual(LASTING[fault]);
    expect(server.requests.at(-1)?.streams).toBe(true);
    if (error !== undefined) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(TEST_KEY);
  });

  it.each(faultNamesOf('text'))('that passes, %s, has the same outcome', async (fault) => {
    server.setFault({ fault, nth: 1 });
    const [code, requests] = LASTING[fault];
    const { code: actual, requests: sent } = await outcomeOf(fault, 'text', listened, LONG_STALL);
    expect([actual, sent]).toEqual(requests === 1 ? [code, 1] : ['answered', 2]);
  });
});

describe('a fault that passes', () => {
  it.each(CASES)('%s, of %s', async (fault, kind) => {
    server.setFault({ fault, nth: 1 });
    const [code, requests] = LASTING[fault];
    const { code: actual, requests: sent } = await outcomeOf(fault, kind, {}, LONG_STALL);

    if (requests === 1) expect([actual, sent]).toEqual([code, 1]);
    else expect([actual, sent]).toEqual(['answered', 2]);
  });
});

describe('the sentences', () => {
  it.each([
    ['unknown-model', 'text', /gemini-3\.8-flash.*GEMINI_TEXT_MODEL/],
    ['unknown-model', 'image', /gemini-nano-banana-2\.1.*GEMINI_IMAGE_MODEL/],
    ['unknown-model', 'speech', /gemini-2\.5-flash-preview-tts.*GEMINI_TTS_MODEL/],
    ['bad-request', 'image', /GEMINI_IMAGE_MODEL/],
    ['bad-key', 'text', /GEMINI_API_KEY/],
    ['forbidden', 'speech', /GEMINI_API_KEY/],
    ['safety', 'text', /SAFETY/],
    ['prompt-blocked', 'image', /PROHIBITED_CONTENT/],
    ['image-safety', 'image', /IMAGE_SAFETY/],
    ['other', 'speech', /OTHER/],
    ['quota-per-day', 'text', /tomorrow/],
    ['socket-reset', 'text', /GEMINI_BASE_URL/],
    ['redirect', 'text', /GEMINI_BASE_URL/],
    ['overloaded', 'text', /503/],
    ['truncated', 'text', /length limit/],
    ['wrote-instead', 'speech', /GEMINI_TTS_MODEL/],
  ] as const)('%s of %s names what to do about it', async (fault, kind, sentence) => {
    server.setFault({ fault });
    const { error } = await outcomeOf(fault, kind);
    expect(error?.message).toMatch(sentence);
  });

  it('keep what the service said about a refusal for the log', async () => {
    server.setFault({ fault: 'image-safety' });
    const { error } = await outcomeOf('image-safety', 'image');
    expect(error).toMatchObject({ details: { reason: 'IMAGE_SAFETY' } });
    expect(String(error?.cause)).toContain('Unable to show the generated image.');
  });
});

it('names every fault once', () => {
  expect(FAULT_NAMES.toSorted()).toEqual(Object.keys(LASTING).toSorted());
});
