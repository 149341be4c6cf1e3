import { ExcessiveReply, MOST_EVENTS, requireBounds } from './replyLimits.ts';

/** What ends an event of a stream. */
const BREAK = /\r\n\r\n|\n\n|\r\r/;

/** Between an event, what ends it included, and the next. */
const SEAM = /(?<=\r\n\r\n|\n\n|\r\r)/;

/** Characters that may be the first part of what ends an event. */
const LONGEST_BREAK = 4;

/**
 * The text of a body, piece by piece as it comes.
 * @throws ExcessiveReply as soon as there are more bytes than that
 */
export async function* textOfBody(body: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new ExcessiveReply('bytes');
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}

/** The beginning of a body; what comes after that many bytes is not waited for. */
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
 * Puts the pieces of a stream together to whole events, so that whoever reads them need not search the same text again
 * with each piece that comes.
 * @throws ExcessiveReply for more events, or more within one, than any service sends
 */
export async function* wholeEvents(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string[] = [];
  let end = '';
  let count = 0;
  for await (const piece of pieces) {
    held.push(piece);
    end = (end + piece).slice(-(piece.length + LONGEST_BREAK - 1));
    if (!BREAK.test(end)) continue;
    const events = held.join('').split(SEAM);
    end = BREAK.test(events.at(-1) ?? '') ? '' : (events.pop() ?? '');
    held = [end];
    for (const event of events) {
      count += 1;
      if (count > MOST_EVENTS) throw new ExcessiveReply('events');
      requireBounds(event);
      yield event;
    }
  }
  const rest = held.join('');
  requireBounds(rest);
  if (rest !== '') yield rest;
}
