import { describe, expect, it } from 'vitest';
import { ExcessiveReply, startOfBody, textOfBody, wholeEvents } from './boundedBody.ts';

async function* piecesOf<T>(...pieces: T[]): AsyncGenerator<T> {
  yield* pieces;
}

/** A body without end, and how much of it was read. */
function endless(piece: Uint8Array) {
  const read = { bytes: 0 };
  async function* body() {
    for (;;) {
      read.bytes += piece.length;
      yield piece;
    }
  }
  return { read, body: body() };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('the text of a body', () => {
  it('is the same wherever it is cut', async () => {
    const bytes = Buffer.from('Zoé 🦊 李');
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect((await all(textOfBody(piecesOf(...single), 100))).join('')).toBe('Zoé 🦊 李');
  });

  it('may have as many bytes as the limit, and one more ends it', async () => {
    expect((await all(textOfBody(piecesOf(new Uint8Array(10)), 10))).join('')).toHaveLength(10);
    await expect(all(textOfBody(piecesOf(new Uint8Array(10), new Uint8Array(1)), 10))).rejects.toThrow(ExcessiveReply);
  });

  it('is not read beyond the limit', async () => {
    const { read, body } = endless(new Uint8Array(1_000));
    await expect(all(textOfBody(body, 5_000))).rejects.toThrow(ExcessiveReply);
    expect(read.bytes).toBe(6_000);
  });

  it('of a refusal is as much as is wanted', async () => {
    const { read, body } = endless(Buffer.from('no'));
    expect(await startOfBody(body, 6)).toBe('nonono');
    expect(read.bytes).toBe(8);
  });
});

describe('the events of a stream', () => {
  const stream = 'data: {"a":1}\n\n: ping\r\n\r\ndata: {"b":[2]}\r\rdata: {"c"';

  it('are whole, and all there, wherever the stream is cut', async () => {
    const whole = ['data: {"a":1}\n\n', ': ping\r\n\r\n', 'data: {"b":[2]}\r\r', 'data: {"c"'];
    expect(await all(wholeEvents(piecesOf(stream)))).toEqual(whole);
    expect(await all(wholeEvents(piecesOf(...stream)))).toEqual(whole);
  });

  it('are handed on as soon as they are whole', async () => {
    const events = wholeEvents(
      (async function* () {
        yield 'data: 1\n\n';
        throw new Error('the stream broke');
      })(),
    );
    expect(await events.next()).toMatchObject({ value: 'data: 1\n\n' });
    await expect(events.next()).rejects.toThrow('the stream broke');
  });

  it.each([
    ['without number', ': \n\n'.repeat(70_000)],
    ['of values without number', `data: [${'[],'.repeat(30_000)}]\n\n`],
    ['that nest without end', `data: ${'['.repeat(100)}\n\n`],
    ['that nest without end and never end', `data: ${'['.repeat(100)}`],
  ])('%s are refused', async (_name, text) => {
    await expect(all(wholeEvents(piecesOf(text)))).rejects.toThrow(ExcessiveReply);
  });
});
