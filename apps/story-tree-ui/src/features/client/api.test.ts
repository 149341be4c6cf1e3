import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, api } from './api.ts';
import { mayPass } from './queryClient.ts';

const answer = (response: () => Response | Promise<Response>) => {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => response());
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
afterEach(() => vi.unstubAllGlobals());

describe('the API client', () => {
  it('sends JSON with the key of the intent', async () => {
    const fetch = answer(() => Response.json({ taskId: 't' }, { status: 202 }));

    await expect(api.post('/api/story-tasks', { a: 1 }, { idempotencyKey: 'k' })).resolves.toEqual({ taskId: 't' });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    });
  });

  it('takes an answer without a body', async () => {
    answer(() => new Response(null, { status: 204 }));

    await expect(api.delete('/api/session')).resolves.toBeUndefined();
  });

  it('throws what the server says', async () => {
    const issues = [{ path: 'payload.prompt', message: 'Too long.' }];
    answer(() => Response.json({ error: { code: 'invalid_input', message: 'No.', issues } }, { status: 422 }));

    const error = await api.post('/api/story-tasks', {}).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'invalid_input', status: 422, message: 'No.', issues });
  });

  it('makes a sentence where there was no answer, or one that is not ours', async () => {
    for (const [status, code] of [
      [502, 'offline'],
      [504, 'offline'],
      [413, 'payload_too_large'],
      [500, 'internal'],
      [200, 'internal'],
    ] as const) {
      answer(() => new Response('<h1>The page of a proxy</h1>', { status }));
      const message = expect.stringMatching(/^[A-Z][^<>]+\.$/);
      await expect(api.get('/api/stories')).rejects.toMatchObject({ code, status, message });
    }

    answer(() => Promise.reject(new TypeError('fetch failed')));
    await expect(api.get('/api/stories')).rejects.toMatchObject({ code: 'offline', status: 0 });
  });
});

it('tries again what passes by itself, three times, and nothing else', () => {
  const passing = new ApiError('database_unavailable', 503, 'Down.');

  expect([0, 1, 2, 3].map((failures) => mayPass(failures, passing))).toEqual([true, true, true, false]);
  expect(mayPass(0, new ApiError('not_found', 404, 'Gone.'))).toBe(false);
  expect(mayPass(0, new Error('a mistake of ours'))).toBe(false);
});
