import { afterEach, expect, it, vi } from 'vitest';
import { readableUntil } from './readableUntil.ts';

async function* chunks(count: number, fails = false) {
  for (let index = 0; index < count; index += 1) yield new Uint8Array([index]);
  if (fails) throw new Error('cannot read on');
}

function counted() {
  const discards = { count: 0 };
  const discard = () => {
    discards.count += 1;
  };
  return { discards, discard };
}

afterEach(() => void vi.useRealTimers());

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.length;
  return size;
}

it('is tidied up after when it is read to its end', async () => {
  const { discards, discard } = counted();
  expect(await sizeOf(readableUntil(chunks(3), discard))).toBe(3);
  expect(discards.count).toBe(1);
});

it('is tidied up after when nobody reads it, or not all of it', async () => {
  const { discards, discard } = counted();
  await readableUntil(chunks(3), discard).cancel();
  expect(discards.count).toBe(1);
  const reader = readableUntil(chunks(3), discard).getReader();
  await reader.read();
  await reader.cancel();
  expect(discards.count).toBe(2);
});

it('is tidied up after when it fails', async () => {
  const { discards, discard } = counted();
  await expect(sizeOf(readableUntil(chunks(1, true), discard))).rejects.toThrow('cannot read on');
  expect(discards.count).toBe(1);
});

it('ends when nobody reads for a minute, and not while somebody does', async () => {
  vi.useFakeTimers();
  const { discards, discard } = counted();
  const reader = readableUntil(chunks(10), discard).getReader();
  for (let read = 0; read < 5; read += 1) {
    await reader.read();
    await vi.advanceTimersByTimeAsync(50_000);
  }
  expect(discards.count).toBe(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(discards.count).toBe(1);
  await expect(reader.read()).rejects.toThrow('Nobody has read any of it');
  // Nothing watches it any more.
  await vi.advanceTimersByTimeAsync(120_000);
  expect(discards.count).toBe(1);
});

it('is let go of when it is never read at all', async () => {
  vi.useFakeTimers();
  const { discards, discard } = counted();
  readableUntil(chunks(10), discard);
  await vi.advanceTimersByTimeAsync(61_000);
  expect(discards.count).toBe(1);
});
