import { keepsBounds } from '../../models/jsonBounds.ts';
import type { ModelKind } from '../../models/ports.ts';

/**
 * Bytes of one reply, counted as they arrive, after decompression.
 * - Text: 65,536 tokens at most, each of which may come as an event of its own with a hundred bytes around it.
 * - Image: a picture of the 4K class as PNG takes up to 30 MB, base64 a third more; a draft may come before it.
 * - Speech: eleven minutes at most (16,384 tokens) of 48,000 bytes a second are 32 MB, base64 a third more.
 */
export const MAX_BYTES: Readonly<Record<ModelKind, number>> = {
  text: 8 * 1024 * 1024,
  image: 64 * 1024 * 1024,
  speech: 64 * 1024 * 1024,
};

/** Bytes of an error response that are read; the useful part is in the first few hundred. */
export const MAX_REFUSAL_BYTES = 64 * 1024;

/** Events of one stream: as many as a text model writes tokens. */
export const MAX_EVENTS = 65_536;

/** Parts of one reply, neighbouring texts counted as one; the service sends a handful. */
export const MAX_PARTS = 1_000;

/** The service's own documents nest eight deep and list the tokens of a few modalities. */
const BOUNDS = { depth: 32, values: 20_000 };

/** A reply larger or more deeply nested than any the service sends. None of it was kept. */
export class ExcessiveReply extends Error {
  constructor(what: string) {
    super(`The reply has too many ${what}.`);
    this.name = 'ExcessiveReply';
  }
}

/** @throws ExcessiveReply for a document that would take far more memory than its text, or that nests too deeply */
export function requireBounds(json: string): void {
  if (!keepsBounds(json, BOUNDS)) throw new ExcessiveReply('values');
}

/** Ends an event of a stream. */
export const EVENT_BREAK = /\r\n\r\n|\n\n|\r\r/;

/** The position between an event's break and the next event. */
const AFTER_BREAK = /(?<=\r\n\r\n|\n\n|\r\r)/;

/** The most characters that a break has. */
const MAX_BREAK_LENGTH = 4;

/**
 * The text of a body, piece by piece as it comes.
 * @throws ExcessiveReply as soon as more than `maxBytes` have arrived
 */
export async function* textOfBody(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new ExcessiveReply('bytes');
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}

/** The beginning of a body; nothing after that many bytes is waited for. */
export async function startOfBody(body: AsyncIterable<Uint8Array>, bytes: number): Promise<string> {
  let text = '';
  try {
    for await (const piece of textOfBody(body, bytes)) text += piece;
  } catch (error) {
    if (!(error instanceof ExcessiveReply)) throw error;
  }
  return text;
}

/**
 * Joins the pieces of a stream into whole events, so that the reader need not search the same text again with every piece.
 * @throws ExcessiveReply for more events, or more within one, than any service sends
 */
export async function* wholeEvents(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string[] = [];
  let end = '';
  let count = 0;
  for await (const piece of pieces) {
    held.push(piece);
    end = (end + piece).slice(-(piece.length + MAX_BREAK_LENGTH - 1));
    if (!EVENT_BREAK.test(end)) continue;
    const events = held.join('').split(AFTER_BREAK);
    end = EVENT_BREAK.test(events.at(-1) ?? '') ? '' : (events.pop() ?? '');
    held = [end];
    for (const event of events) {
      count += 1;
      if (count > MAX_EVENTS) throw new ExcessiveReply('events');
      requireBounds(event);
      yield event;
    }
  }
  const rest = held.join('');
  requireBounds(rest);
  if (rest !== '') yield rest;
}
