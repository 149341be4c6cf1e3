import type { WirePart, WireReply } from './wire.ts';

/** Characters in one event, about as many as the service sends. */
const PIECE = 24;

/** The most events of a reply; the pieces of longer replies are larger. */
const MAX_PIECES = 1_000;

/** The events of a streamed reply: the last one has the finish reason and the complete usage. */
export function eventsOf(reply: WireReply): WireReply[] {
  const [candidate] = reply.candidates ?? [];
  const pieces = (candidate?.content?.parts ?? []).flatMap(piecesOf);
  const last = pieces.pop();
  if (candidate === undefined || last === undefined) return [reply];
  const { usageMetadata, ...facts } = reply;
  const before = pieces.map((part) => ({
    ...facts,
    candidates: [{ content: { role: 'model', parts: [part] }, index: 0 }],
    ...(usageMetadata && { usageMetadata: { promptTokenCount: usageMetadata.promptTokenCount } }),
  }));
  return [...before, { ...reply, candidates: [{ ...candidate, content: { role: 'model', parts: [last] } }] }];
}

export function encodeEvent(event: unknown): string {
  return `data: ${JSON.stringify(event)}\r\n\r\n`;
}

function piecesOf(part: WirePart): WirePart[] {
  const characters = [...(part.text ?? '')];
  const piece = Math.max(PIECE, Math.ceil(characters.length / MAX_PIECES));
  if (characters.length <= piece) return [part];
  return Array.from({ length: Math.ceil(characters.length / piece) }, (_, index) => ({
    ...part,
    text: characters.slice(index * piece, (index + 1) * piece).join(''),
  }));
}
