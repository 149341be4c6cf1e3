import { setTimeout as delay } from 'node:timers/promises';
import { type GeminiServer, type StreamFaultName, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallFacts, TextReply } from '../../models/ports.ts';
import { eventsIn, refusalIn } from './stream.ts';
import { ask, modelsAt, TEST_KEY } from './testCalls.ts';

/** Characters of one, two, three and four bytes, so that the network cuts through some of them. */
const ANSWER = JSON.stringify({ reply: `${'Überall Wind 🌬️ und 李小龙. '.repeat(12)}"Ende"` });
const EVENTS = Math.ceil([...ANSWER].length / 24);

let server: GeminiServer;

beforeAll(async () => {
  server = await startGeminiServer({ answer: () => ({ text: ANSWER }), apiKey: TEST_KEY });
});

afterAll(() => server.close());

afterEach(() => server.setFault());

/** Asks for a stream; what was heard stands beside what came of it. */
async function listen(settings: Parameters<typeof modelsAt>[1] = {}, signal = new AbortController().signal) {
  const heard: string[] = [];
  const reasons: string[] = [];
  const wasted: CallFacts[] = [];
  const before = server.requests.length;
  const outcome = await ask(modelsAt(server.baseUrl, settings), 'text', {
    signal,
    onText: (soFar) => heard.push(soFar),
    onRetry: (reason) => reasons.push(reason),
    onWasted: (facts) => wasted.push(facts),
  }).then(
    (reply) => ({ reply, code: 'answered' }),
    (error) => ({ reply: undefined, code: error.code as string }),
  );
  return { ...outcome, heard, reasons, wasted, requests: server.requests.length - before };
}

it('a key that the service repeats, however it is written, is not in what is heard, nor in the reply', async () => {
  const forms = [TEST_KEY, TEST_KEY.slice(0, 20), btoa(`key: ${TEST_KEY}.`), TEST_KEY.replaceAll('-', '%2D')];
  const repeating = await startGeminiServer({ answer: () => ({ text: JSON.stringify({ reply: forms }) }) });
  try {
    const heard: string[] = [];
    const models = modelsAt(repeating.baseUrl);
    const streamed = await ask(models, 'text', { onText: (soFar) => heard.push(soFar) });
    const { reply } = JSON.parse((streamed as TextReply).text) as { reply: string[] };
    expect(reply).toEqual([
      '[redacted]',
      '[redacted]',
      expect.stringMatching(/^.{6,8}\[redacted\].{1,2}=*$/),
      '[redacted]',
    ]);
    expect(heard.join()).not.toContain(TEST_KEY.slice(0, 20));
    expect(await ask(models, 'text')).toMatchObject({ text: (streamed as TextReply).text });
  } finally {
    await repeating.close();
  }
});

describe('a stream', () => {
  it('is heard piece by piece, each time all that is there, and ends in the whole reply', async () => {
    const { reply, heard, requests } = await listen();
    expect(reply).toMatchObject({ text: ANSWER });
    expect(heard).toHaveLength(EVENTS);
    expect(heard.at(-1)).toBe(ANSWER);
    for (const [index, soFar] of heard.entries()) expect(ANSWER.startsWith(soFar), `piece ${index}`).toBe(true);
    expect(requests).toBe(1);
  });

  it('is asked for in the way of the service, with the same request', async () => {
    await listen();
    const streamed = server.requests.at(-1);
    await ask(modelsAt(server.baseUrl), 'text');
    const whole = server.requests.at(-1);
    expect(streamed?.path).toBe('/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse');
    expect(whole?.path).toBe('/v1beta/models/gemini-3.8-flash:generateContent');
    expect(streamed?.body).toEqual(whole?.body);
    expect(streamed?.refusal).toBeNull();
  });

  it('costs what the same reply costs in one', async () => {
    const { reply } = await listen();
    const { facts } = await ask(modelsAt(server.baseUrl), 'text');
    expect(reply?.facts.usage).toEqual(facts.usage);
    expect(reply?.facts).toMatchObject({
      modelVersion: facts.modelVersion,
      responseId: expect.stringMatching(/^reply-/),
    });
  });

  it('tells no thoughts', async () => {
    server.setFault({ fault: 'split-json' });
    const { heard } = await listen();
    expect(heard.filter((text) => text.includes('think'))).toEqual([]);
    expect(heard.at(-1)).toBe(ANSWER);
  });
});

/** What a fault in the middle comes to when it stays: the code, and after how many requests. */
const LASTING: Readonly<Record<StreamFaultName, readonly [string, number]>> = {
  'stream-overloaded': ['model_unavailable', 5],
  'stream-throttled': ['model_rate_limited', 11],
  'stream-refused': ['model_rejected', 1],
  'stream-bare-error': ['model_unavailable', 5],
  'stream-cut': ['model_unavailable', 5],
  'stream-stall': ['model_unavailable', 5],
  'stream-closed': ['model_empty', 3],
  'stream-half-event': ['model_unavailable', 5],
  'stream-malformed': ['model_unavailable', 5],
};
const FAULTS = Object.keys(LASTING) as StreamFaultName[];
const PLACES = [1, 2, EVENTS - 1];
const CASES = FAULTS.flatMap((fault) => PLACES.map((afterEvents) => [fault, afterEvents] as const));

const timeouts = (fault: StreamFaultName) => (fault === 'stream-stall' ? { timeouts: { text: 150 } } : {});

describe('a stream that breaks', () => {
  it.each(CASES)('by %s after %i events, and again each time', async (fault, afterEvents) => {
    server.setFault({ fault, afterEvents });
    const { code, requests } = await listen(timeouts(fault));
    expect([code, requests]).toEqual(LASTING[fault]);
  });

  it.each(CASES)('by %s after %i events is retried, and the listener starts over', async (fault, afterEvents) => {
    server.setFault({ fault, afterEvents, nth: 1 });
    const { reply, code, heard } = await listen(timeouts(fault));
    if (LASTING[fault][1] === 1) {
      expect([code, heard.length]).toEqual([LASTING[fault][0], afterEvents]);
      return;
    }
    expect(reply).toMatchObject({ text: ANSWER });
    const restart = heard.lastIndexOf('');
    expect(restart).toBeGreaterThanOrEqual(0);
    expect(heard.slice(restart + 1)).toHaveLength(EVENTS);
  });

  it('before its first event is not an answer', async () => {
    server.setFault({ fault: 'stream-closed', afterEvents: 0 });
    expect(await listen()).toMatchObject({ code: 'model_unavailable', requests: 5, heard: ['', '', '', ''] });
  });

  it('waits as long as the error in its middle says', async () => {
    server.setFault({ fault: 'stream-throttled', nth: 1, retryAfterS: 12.5 });
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
    };
    expect(await listen({ sleep })).toMatchObject({ code: 'answered', reasons: ['Gemini asks for fewer requests.'] });
    expect(waits).toEqual([12_500]);
  });

  it('is billed for what had arrived', async () => {
    server.setFault({ fault: 'stream-cut', afterEvents: 2 });
    const { wasted } = await listen({ retry: { attempts: 2 } });
    expect(wasted).toHaveLength(1);
    expect(wasted[0]?.attempts).toBe(2);
    expect(wasted[0]?.usage.input.text).toBeGreaterThan(0);
    expect(wasted[0]?.usage.output).toEqual({});
  });
});

describe('an abort', () => {
  it('in the middle of a stream ends it for good', async () => {
    server.setFault({ fault: 'stream-stall', afterEvents: 2 });
    const controller = new AbortController();
    const call = listen({}, controller.signal);
    const arrived = server.requests.length + 1;
    while (server.requests.length < arrived) await delay(1);
    controller.abort();
    expect(await call).toMatchObject({ code: 'cancelled', requests: 1 });
  });

  it('before it sends nothing', async () => {
    expect(await listen({}, AbortSignal.abort())).toMatchObject({ code: 'cancelled', requests: 0, heard: [] });
  });
});

describe('the events of a body', () => {
  it.each([
    ['with any line ends', 'data: {"a":1}\n\ndata:{"a":2}\r\n\r\ndata: {"a":3}\r\r'],
    ['between comments and half events', ': ping\n\ndata: {"a":1}\n\ndata: {"a":2}\n\ndata: {"a":3}\n\ndata: {"a'],
  ])('are found %s', (_name, body) => {
    expect(eventsIn(body)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  it.each([
    ['data: {"error":{"code":429}}', 429],
    ['{"error":{"code":500,"message":"Internal."}}', 500],
    ['data: {"error":{"code":200}}', undefined],
    ['data: {"error":{"message":"what?"}}', undefined],
    ['data: null', undefined],
    ['', undefined],
  ])('hold a refusal: %s', (body, status) => {
    expect(refusalIn({ body, status: 200 })?.status).toBe(status);
  });
});
