import { GenerateContentResponse, type Part } from '@google/genai';
import { z } from 'zod';
import { EVENT_BREAK, ExcessiveReply, MAX_PARTS } from './boundedBody.ts';
import type { Exchange } from './httpExchange.ts';
import { requireShape } from './replyContent.ts';

/**
 * Joins the pieces of a streamed reply into the reply that would have come in one; `onMore` sees the reply so far after each.
 * Adjacent texts are merged, so that the work stays proportional to the reply however many thousand pieces it has.
 * @throws Error if the stream held no piece at all, or whatever the stream itself threw
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

/** Token counts are running totals, and what a piece does not repeat still holds. */
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
  if (parts.length >= MAX_PARTS) throw new ExcessiveReply('parts');
  parts.push({ ...part });
}

/** Nothing but text; signatures and the like stay with the part they came in. */
function isText(part: Part): part is Part & { text: string } {
  return (
    Object.entries(part).every(([name, value]) => name === 'text' || name === 'thought' || value === undefined) &&
    typeof part.text === 'string'
  );
}

/** The JSON of each event of a stream; half an event, or one that is not JSON, is left out. */
export function eventsIn(body: string): unknown[] {
  return body.split(EVENT_BREAK).flatMap((event) => {
    try {
      return [JSON.parse(event.trim().replace(/^data:/, ''))];
    } catch {
      return [];
    }
  });
}

const Refusal = z.object({ error: z.object({ code: z.int().min(400) }) });

/** An error that came as an event mid-stream, in the form of one that came with an HTTP status. */
export function refusalIn({ body = '', ...exchange }: Exchange): (Exchange & { status: number }) | undefined {
  for (const event of eventsIn(body)) {
    const { success, data } = Refusal.safeParse(event);
    if (success) return { ...exchange, status: data.error.code, body: JSON.stringify(event) };
  }
  return undefined;
}
