import { GenerateContentResponse, type Part } from '@google/genai';
import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import { ExcessiveReply, MOST_PARTS } from './replyLimits.ts';
import { requireShape } from './replyShape.ts';

/**
 * Puts the pieces of a streamed reply together, as if it had come in one; `onMore` sees all that is there after each.
 * Neighbouring texts become one, so that a reply of many thousand pieces is put together in no more than its time.
 * @throws Error when the stream held no piece at all, or what the stream broke with
 * @throws ExcessiveReply for more parts than a reply can have
 */
export async function collectStream(
  pieces: AsyncIterable<GenerateContentResponse>,
  onMore: (soFar: GenerateContentResponse) => void,
): Promise<GenerateContentResponse> {
  const whole = new GenerateContentResponse();
  const parts: Part[] = [];
  let began = false;
  for await (const piece of pieces) {
    join(whole, parts, requireShape(piece));
    began = true;
    onMore(whole);
  }
  if (!began) throw new Error('the stream ended before it began');
  return whole;
}

/** Counts of tokens are running totals, and what a piece does not say again still holds. */
function join(whole: GenerateContentResponse, parts: Part[], piece: GenerateContentResponse): void {
  const { candidates, ...facts } = piece;
  const { usageMetadata } = whole;
  Object.assign(whole, facts);
  if (usageMetadata && facts.usageMetadata) whole.usageMetadata = { ...usageMetadata, ...facts.usageMetadata };
  const [candidate] = candidates ?? [];
  if (candidate === undefined) return;
  for (const part of candidate.content?.parts ?? []) append(parts, part);
  whole.candidates = [{ ...whole.candidates?.[0], ...candidate, content: { ...candidate.content, parts } }];
}

function append(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (last !== undefined && isText(last) && isText(part) && last.thought === part.thought) {
    last.text = `${last.text}${part.text}`;
    return;
  }
  if (parts.length >= MOST_PARTS) throw new ExcessiveReply('parts');
  parts.push({ ...part });
}

/** Nothing but text; signatures and the like keep to the part that they stand in. */
function isText(part: Part): part is Part & { text: string } {
  return (
    Object.entries(part).every(([name, value]) => name === 'text' || name === 'thought' || value === undefined) &&
    typeof part.text === 'string'
  );
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
