import { GenerateContentResponse, type Part } from '@google/genai';
import { z } from 'zod';
import type { Exchange } from './exchange.ts';

/**
 * Puts the pieces of a streamed reply together, as if it had come in one; `onMore` sees all that is there after each.
 * @throws Error when the stream held no piece at all, or what the stream broke with
 */
export async function collectStream(
  pieces: AsyncIterable<GenerateContentResponse>,
  onMore: (soFar: GenerateContentResponse) => void,
): Promise<GenerateContentResponse> {
  let whole: GenerateContentResponse | undefined;
  for await (const piece of pieces) {
    whole = whole === undefined ? joined(new GenerateContentResponse(), piece) : joined(whole, piece);
    onMore(whole);
  }
  if (whole === undefined) throw new Error('the stream ended before it began');
  return whole;
}

/** Counts of tokens are running totals, and what a piece does not say again still holds. */
function joined(whole: GenerateContentResponse, piece: GenerateContentResponse): GenerateContentResponse {
  const { candidates, ...facts } = piece;
  const { usageMetadata } = whole;
  Object.assign(whole, facts);
  if (usageMetadata && facts.usageMetadata) whole.usageMetadata = { ...usageMetadata, ...facts.usageMetadata };
  const [candidate] = candidates ?? [];
  if (candidate === undefined) return whole;
  const [before] = whole.candidates ?? [];
  const parts = [...partsOf(before), ...partsOf(candidate)];
  whole.candidates = [{ ...before, ...candidate, content: { ...candidate.content, parts } }];
  return whole;
}

function partsOf(candidate: { content?: { parts?: Part[] } } | undefined): readonly Part[] {
  const parts = candidate?.content?.parts;
  return Array.isArray(parts) ? parts : [];
}

/** What each event of a stream holds; half an event, or one that is none of ours, is left out. */
export function eventsIn(body: string): unknown[] {
  return body.split(/\r\n\r\n|\n\n|\r\r/).flatMap((event) => {
    try {
      return [JSON.parse(event.trim().replace(/^data:/, ''))];
    } catch {
      return [];
    }
  });
}

const Refusal = z.object({ error: z.object({ code: z.int().min(400) }) });

/** The refusal that came as an event in the middle of a stream, in the form of one that came with an HTTP status. */
export function refusalIn({ body = '', ...exchange }: Exchange): (Exchange & { status: number }) | undefined {
  for (const event of eventsIn(body)) {
    const { success, data } = Refusal.safeParse(event);
    if (success) return { ...exchange, status: data.error.code, body: JSON.stringify(event) };
  }
  return undefined;
}
