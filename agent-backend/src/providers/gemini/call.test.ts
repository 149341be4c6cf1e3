import { type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallFacts } from '../../models/ports.ts';
import { answerPlainly, ask, modelsAt, startPair } from './testCalls.ts';

let server: GeminiServer;

beforeAll(async () => {
  ({ server } = await startPair());
});

afterAll(() => server.close());

afterEach(() => server.setFault());

/** Models that note how long they would have waited. */
function patientModels(settings: Parameters<typeof modelsAt>[1] = {}) {
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
  };
  return { waits, models: modelsAt(server.baseUrl, { sleep, ...settings }) };
}

describe('waits', () => {
  it('as long as RetryInfo says', async () => {
    server.setFault({ fault: 'rate-limited', nth: 1, retryAfterS: 16.5 });
    const { waits, models } = patientModels();
    await ask(models, 'image');
    expect(waits).toEqual([16_500]);
  });

  it('as long as Retry-After says', async () => {
    server.setFault({ fault: 'rate-limited-header', nth: 1, retryAfterS: 7 });
    const { waits, models } = patientModels();
    await ask(models, 'speech');
    expect(waits).toEqual([7_000]);
  });

  it('longer each time when the service only says no, up to the longest wait', async () => {
    server.setFault({ fault: 'rate-limited-bare', times: 8 });
    const { waits, models } = patientModels();
    await ask(models, 'text');
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000));
  });

  it('never shorter than its backoff, whatever the service says', async () => {
    server.setFault({ fault: 'rate-limited', times: 3, retryAfterS: 0.5 });
    const { waits, models } = patientModels();
    await ask(models, 'text');
    expect(waits).toEqual([1_000, 2_000, 4_000]);
  });

  it('a little longer than asked for, so that not all come back at once', async () => {
    server.setFault({ fault: 'rate-limited', nth: 1, retryAfterS: 20 });
    const { waits, models } = patientModels({ random: () => 0.5 });
    await ask(models, 'text');
    expect(waits).toEqual([21_000]);
  });

  it('with full jitter when the service is broken', async () => {
    server.setFault({ fault: 'overloaded', times: 4 });
    const { waits, models } = patientModels({ random: () => 0.5 });
    await ask(models, 'text');
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it('not past the deadline', async () => {
    server.setFault({ fault: 'rate-limited', retryAfterS: 3_600 });
    const { waits, models } = patientModels();
    await expect(ask(models, 'text')).rejects.toMatchObject({ code: 'model_rate_limited' });
    expect(waits).toEqual([]);
  });

  it('until the deadline and no longer, however many attempts are left', async () => {
    server.setFault({ fault: 'rate-limited', retryAfterS: 30 });
    let clock = 0;
    const waits: number[] = [];
    const models = modelsAt(server.baseUrl, {
      now: () => clock,
      sleep: async (ms) => {
        waits.push(ms);
        clock += ms;
      },
      retry: { deadlineMs: 100_000 },
    });
    await expect(ask(models, 'text')).rejects.toMatchObject({ code: 'model_rate_limited' });
    expect(waits).toEqual([30_000, 30_000, 30_000]);
  });
});

describe('budgets', () => {
  it('are kept apart: throttling does not use up what is for a broken service', async () => {
    server.setFault({ fault: 'rate-limited', times: 6 }, { fault: 'server-error', times: 4 });
    const { models } = patientModels();
    expect(await ask(models, 'text')).toMatchObject({ facts: { attempts: 11 } });
  });

  it('can be set', async () => {
    server.setFault({ fault: 'server-error' });
    const before = server.requests.length;
    await expect(ask(modelsAt(server.baseUrl, { retry: { attempts: 2 } }), 'text')).rejects.toThrow();
    expect(server.requests.length - before).toBe(2);
  });
});

describe('the caller hears', () => {
  it('why and how long each further attempt waits', async () => {
    server.setFault({ fault: 'rate-limited', nth: 1, retryAfterS: 3 }, { fault: 'other', nth: 1 });
    const heard: [string, number][] = [];
    const { models } = patientModels();
    await ask(models, 'speech', { onRetry: (reason, waitMs) => heard.push([reason, waitMs]) });
    expect(heard).toEqual([
      ['Gemini asks for fewer requests.', 3_000],
      ['gemini-2.5-flash-preview-tts answered without a voice (OTHER).', 0],
    ]);
  });

  it('how long the service wants to be left alone', async () => {
    server.setFault({ fault: 'rate-limited', nth: 1, retryAfterS: 9 }, { fault: 'overloaded', nth: 1 });
    const pauses: number[] = [];
    const { models } = patientModels();
    await ask(models, 'text', { onThrottled: (pauseMs) => pauses.push(pauseMs) });
    expect(pauses).toEqual([9_000, 0]);
  });

  it('nothing of throttling when the service is merely broken', async () => {
    server.setFault({ fault: 'server-error', nth: 1 });
    const pauses: number[] = [];
    await ask(patientModels().models, 'text', { onThrottled: (pauseMs) => pauses.push(pauseMs) });
    expect(pauses).toEqual([]);
  });
});

describe('facts', () => {
  it('tell tokens by modality', async () => {
    const { facts } = await ask(patientModels().models, 'image');
    expect(facts).toMatchObject({
      modelVersion: 'gemini-nano-banana-2.1',
      responseId: expect.stringMatching(/^reply-to-image-/),
      attempts: 1,
      usage: { input: { text: expect.any(Number), image: 258 }, output: { image: 1_120 }, thoughts: 0 },
    });
  });

  it('add up what every attempt was billed', async () => {
    const once = (await ask(patientModels().models, 'text')).facts;
    server.setFault({ fault: 'no-finish-reason', times: 2 }, { fault: 'server-error', nth: 1 });
    const { facts } = await ask(patientModels().models, 'text');
    expect(facts.attempts).toBe(4);
    expect(facts.usage.output.text).toBe(3 * (once.usage.output.text ?? 0));
    expect(facts.usage.thoughts).toBe(3 * once.usage.thoughts);
  });

  it('reach the caller of a call that failed', async () => {
    server.setFault({ fault: 'other' });
    const wasted: CallFacts[] = [];
    await expect(
      ask(patientModels().models, 'speech', { onWasted: (facts) => wasted.push(facts) }),
    ).rejects.toMatchObject({ code: 'model_empty' });
    expect(wasted).toHaveLength(1);
    expect(wasted[0]).toMatchObject({ attempts: 3, modelVersion: 'gemini-2.5-flash-preview-tts' });
    expect(wasted[0]?.usage.input.text).toBeGreaterThan(0);
  });

  it('name the model that was asked where the reply names none', async () => {
    server.setFault({ fault: 'no-usage' });
    const { facts } = await ask(patientModels().models, 'text');
    expect(facts).toMatchObject({
      modelVersion: 'gemini-3.8-flash',
      usage: { input: {}, cachedInput: 0, output: {}, thoughts: 0 },
    });
    expect(facts).not.toHaveProperty('responseId');
  });

  it('measure from the first request to the outcome', async () => {
    server.setFault({ fault: 'server-error', nth: 1 });
    let clock = 5_000;
    const models = modelsAt(server.baseUrl, {
      now: () => clock,
      sleep: async () => {
        clock += 700;
      },
    });
    expect((await ask(models, 'text')).facts.latencyMs).toBe(700);
  });
});

it('keeps simultaneous calls apart', async () => {
  const crowded = await startGeminiServer({
    answer: (call) =>
      call.kind === 'text' ? { text: JSON.stringify(call.body.contents?.[0]?.parts?.[0]?.text) } : answerPlainly(call),
    latencyMs: 20,
    faults: [
      { fault: 'rate-limited', probability: 0.3 },
      { fault: 'socket-reset', probability: 0.05 },
    ],
    random: countedRandom(),
  });
  const models = modelsAt(crowded.baseUrl, { retry: { attempts: 50, throttles: 50 } });
  const signal = new AbortController().signal;
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      models.text(
        {
          kind: 'text',
          task: 'CREATE_CONSTITUTION',
          system: '',
          turns: [{ role: 'user', text: `${index}` }],
          schema: {},
        },
        { signal },
      ),
    ),
  );
  expect(replies.map(({ text }) => text)).toEqual(Array.from({ length: 60 }, (_, index) => `"${index}"`));
  expect(crowded.peak()).toBeGreaterThan(10);
  await crowded.close();
});

/** Evenly spread numbers, the same in every run. */
function countedRandom(): () => number {
  let state = 0;
  return () => {
    state = (state + 0.618_034) % 1;
    return state;
  };
}
