import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { GeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_KINDS } from '../../models/ports.ts';
import { sleepUnlessAborted } from './call.ts';
import { ask, modelsAt, startPair } from './testCalls.ts';

const CANCELLED = { name: 'StoryTreeError', code: 'cancelled' };

let server: GeminiServer;

beforeAll(async () => {
  ({ server } = await startPair());
});

afterAll(() => server.close());

afterEach(() => server.setFault());

/** Resolves once the server has taken so many more requests. */
async function requestsArrive(count: number): Promise<void> {
  const goal = server.requests.length + count;
  while (server.requests.length < goal) await delay(1);
}

describe('an abort', () => {
  it('before the call sends nothing', async () => {
    const before = server.requests.length;
    await expect(ask(modelsAt(server.baseUrl), 'text', { signal: AbortSignal.abort() })).rejects.toMatchObject(
      CANCELLED,
    );
    expect(server.requests.length).toBe(before);
  });

  it.each(MODEL_KINDS.flatMap((kind) => [['stall', kind] as const, ['stall-mid-body', kind] as const]))(
    'during a request (%s of %s) ends it for good',
    async (fault, kind) => {
      server.setFault({ fault });
      const controller = new AbortController();
      const arrived = requestsArrive(1);
      const call = ask(modelsAt(server.baseUrl), kind, { signal: controller.signal });
      await arrived;
      const before = server.requests.length;
      controller.abort();
      await expect(call).rejects.toMatchObject(CANCELLED);
      expect(server.requests.length).toBe(before);
    },
  );

  it('during a wait ends it at once', async () => {
    server.setFault({ fault: 'rate-limited', retryAfterS: 600 });
    const controller = new AbortController();
    const call = ask(modelsAt(server.baseUrl, { sleep: sleepUnlessAborted }), 'image', {
      signal: controller.signal,
      onRetry: () => setTimeout(() => controller.abort(), 1),
    });
    await expect(call).rejects.toMatchObject(CANCELLED);
  });

  it('whose reason is an error of its own is still a cancellation', async () => {
    server.setFault({ fault: 'stall' });
    const controller = new AbortController();
    const arrived = requestsArrive(1);
    const call = ask(modelsAt(server.baseUrl), 'text', { signal: controller.signal });
    await arrived;
    controller.abort(new Error('the person pressed Ctrl-C'));
    await expect(call).rejects.toMatchObject(CANCELLED);
  });
});

describe('a timeout', () => {
  it.each(['stall', 'stall-mid-body'] as const)('during %s is not a cancellation, and is retried', async (fault) => {
    server.setFault({ fault, nth: 1 });
    const reasons: string[] = [];
    const reply = await ask(modelsAt(server.baseUrl, { timeouts: { text: 200 } }), 'text', {
      onRetry: (reason) => reasons.push(reason),
    });
    expect(reply.facts.attempts).toBe(2);
    expect(reasons).toEqual(['gemini-3.8-flash did not answer within 1 s.']);
  });

  it('is cut short by the deadline', async () => {
    server.setFault({ fault: 'stall' });
    const models = modelsAt(server.baseUrl, { retry: { deadlineMs: 100 } });
    await expect(ask(models, 'text')).rejects.toMatchObject({ code: 'model_unavailable' });
  });
});

describe('the signal of the caller', () => {
  it('carries no listeners once calls have ended, however they did', async () => {
    const { signal } = new AbortController();
    const models = modelsAt(server.baseUrl, { sleep: sleepUnlessAborted, retry: { baseDelayMs: 1 } });
    server.setFault(
      { fault: 'server-error', times: 6 },
      { fault: 'safety', on: 'image' },
      { fault: 'empty-body', nth: 3 },
    );
    const calls = MODEL_KINDS.flatMap((kind) => Array.from({ length: 5 }, () => ask(models, kind, { signal })));
    await Promise.allSettled(calls);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
