import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEventStream } from './eventStream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream of numbered messages, and how many of them it has taken. */
function numbered(count: number, expiresAt: Date | null = null) {
  const client = new AbortController();
  const seen = { taken: 0, ended: 0, aborted: false };
  const stream = createEventStream({
    async *messages(signal) {
      signal.addEventListener('abort', () => {
        seen.aborted = true;
      });
      for (let index = 0; index < count; index += 1) {
        seen.taken += 1;
        yield `data: ${index}\n\n`;
      }
      if (count === 0) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    signal: client.signal,
    expiresAt,
    onEnd: () => {
      seen.ended += 1;
    },
  });
  return { stream, seen, client };
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of body) text += new TextDecoder().decode(chunk);
  return text;
}

/** Lets everything happen that waits for no timer. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** Lets everything happen that waits for promises alone. Nothing that others of this process left comes in between. */
async function flushPromises(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await null;
}

it('sends every message and ends with the last', async () => {
  const { stream, seen } = numbered(3);
  expect(await readAll(stream.body)).toBe('retry: 1000\n\ndata: 0\n\ndata: 1\n\ndata: 2\n\n');
  expect(seen.ended).toBe(1);
});

it('takes no more messages than its client reads', async () => {
  const { stream, seen } = numbered(100);
  await settle();
  expect(seen.taken).toBeLessThan(3);
  const reader = stream.body.getReader();
  for (let read = 0; read < 10; read += 1) await reader.read();
  await settle();
  expect(seen.taken).toBeLessThan(13);
  await reader.cancel();
});

it('ends when its client reads nothing for a while, and not when it is merely slow', async () => {
  const { stream, seen } = numbered(100);
  const reader = stream.body.getReader();
  for (let read = 0; read < 5; read += 1) {
    await reader.read();
    await vi.advanceTimersByTimeAsync(25_000);
  }
  expect(seen.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen.ended).toBe(1);
  expect(seen.taken).toBeLessThan(10);
});

it('lets go of everything when its client is gone, however that shows', async () => {
  for (const leave of [
    ({ stream }: ReturnType<typeof numbered>) => stream.body.cancel(),
    ({ client }: ReturnType<typeof numbered>) => client.abort(),
  ]) {
    const others = vi.getTimerCount();
    const one = numbered(0, new Date(Date.now() + 60_000));
    expect(vi.getTimerCount()).toBe(others + 2);
    void leave(one);
    await flushPromises();
    expect(vi.getTimerCount()).toBe(others);
    expect(one.seen).toMatchObject({ aborted: true, ended: 1 });
  }
});

it('is let go of before it begins when the client has left already', async () => {
  const client = AbortSignal.abort();
  let begun = false;
  const stream = createEventStream({
    async *messages(signal) {
      if (!signal.aborted) begun = true;
      yield* [];
    },
    signal: client,
    expiresAt: null,
    onEnd: () => undefined,
  });
  await readAll(stream.body);
  expect(begun).toBe(false);
});

it('says now and then that it is still here, unless nobody reads', async () => {
  const { stream } = numbered(0);
  const reader = stream.body.getReader();
  await reader.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
  await vi.advanceTimersByTimeAsync(150_000);
  await reader.read();
  stream.end();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});

it('ends when the sign-in of its client does', async () => {
  const { stream, seen } = numbered(0, new Date(Date.now() + 60_000));
  const reader = stream.body.getReader();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(seen.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen.ended).toBe(1);
  await reader.cancel();
});

it('breaks off when there is nothing to be had any more', async () => {
  const stream = createEventStream({
    // biome-ignore lint/correctness/useYield: it fails before the first message
    async *messages() {
      throw new Error('the database is gone');
    },
    signal: new AbortController().signal,
    expiresAt: null,
    onEnd: () => undefined,
  });
  await expect(readAll(stream.body)).rejects.toThrow('the database is gone');
});
