import { afterEach, describe, expect, it, vi } from 'vitest';
import { anEvent, aTask } from '../../live/testTasks.ts';
import { readLog } from './readLog.ts';

afterEach(() => vi.unstubAllGlobals());

const message = (id: string) =>
  `id: ${id}\nevent: task\ndata: ${JSON.stringify({ task: aTask(), event: anEvent({ id }) })}\n\n`;
const ids = async (until: string) => (await readLog('task 1', until, new AbortController().signal)).map(({ id }) => id);

/** Answers with a stream of these pieces, which then ends or stays open in silence. */
function answer(pieces: readonly string[], ends: boolean) {
  const fetch = vi.fn(async (_path: string, { signal }: RequestInit) => {
    const body = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        if (ends) controller.close();
        else signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body);
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

describe('readLog', () => {
  it('reads to the end of what has ended', async () => {
    const fetch = answer(['retry: 1000\n\n', message('8') + message('9').slice(0, 20), message('9').slice(20)], true);
    expect(await ids('99')).toEqual(['8', '9']);
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/story-tasks/task%201/events');
  });

  it('reads as far as wanted of a task in progress, and then lets go', async () => {
    const fetch = answer([message('9'), message('10')], false);
    expect(await ids('10')).toEqual(['9', '10']);
    expect(fetch.mock.calls[0]?.[1].signal?.aborted).toBe(true);
  });

  it('fails when the server gives nothing', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }));
    await expect(ids('1')).rejects.toThrow('404');
  });
});
