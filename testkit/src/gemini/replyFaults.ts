import type { WireReply } from './wire.ts';

/** A reply that ended without any content, and is billed for its input all the same. */
function ended(finishReason: string, finishMessage?: string): (reply: WireReply) => WireReply {
  return ({ usageMetadata, modelVersion }) => ({
    candidates: [{ finishReason, ...(finishMessage === undefined ? {} : { finishMessage }), index: 0 }],
    usageMetadata: { promptTokenCount: usageMetadata?.promptTokenCount, candidatesTokenCount: 0 },
    ...(modelVersion === undefined ? {} : { modelVersion }),
  });
}

/** The same reply with another finish reason, or none. */
function withFinishReason(reply: WireReply, finishReason: string | undefined): WireReply {
  const candidates = (reply.candidates ?? []).map(({ finishReason: _, ...candidate }) => ({
    ...candidate,
    ...(finishReason === undefined ? {} : { finishReason }),
  }));
  return { ...reply, candidates };
}

function cutOff(reply: WireReply): WireReply {
  const [candidate] = reply.candidates ?? [];
  const parts = (candidate?.content?.parts ?? []).map((part) =>
    part.text === undefined ? part : { ...part, text: part.text.slice(0, part.text.length / 2) },
  );
  return withFinishReason(
    { ...reply, candidates: [{ ...candidate, content: { role: 'model', parts } }] },
    'MAX_TOKENS',
  );
}

/** Faulty replies that come with HTTP status 200. */
export const REPLY_FAULTS = {
  'empty-object': () => ({}),
  'no-candidates': ({ candidates: _, ...reply }) => reply,
  'empty-candidates': (reply) => ({ ...reply, candidates: [] }),
  'stop-without-parts': (reply) => ({
    ...reply,
    candidates: [{ content: { role: 'model', parts: [] }, finishReason: 'STOP' }],
  }),
  'blank-text': (reply) => ({
    ...reply,
    candidates: [{ content: { role: 'model', parts: [{ text: ' \n' }] }, finishReason: 'STOP' }],
  }),
  'thoughts-only': (reply) => ({
    ...reply,
    candidates: [
      { content: { role: 'model', parts: [{ text: 'Let me think.', thought: true }] }, finishReason: 'STOP' },
    ],
  }),
  'words-only': (reply) => ({
    ...reply,
    candidates: [{ content: { role: 'model', parts: [{ text: 'Here you go!' }] }, finishReason: 'STOP' }],
  }),
  'no-finish-reason': (reply) => withFinishReason(reply, undefined),
  truncated: cutOff,
  'all-thinking': ({ modelVersion }) => ({
    candidates: [{ content: { role: 'model' }, finishReason: 'MAX_TOKENS', index: 0 }],
    usageMetadata: { promptTokenCount: 9, totalTokenCount: 8201, thoughtsTokenCount: 8192 },
    ...(modelVersion === undefined ? {} : { modelVersion }),
  }),
  continuation: (reply) => withFinishReason(reply, 'CONTINUATION'),
  'prompt-blocked': ({ modelVersion }) => ({
    promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
    usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 },
    ...(modelVersion === undefined ? {} : { modelVersion }),
  }),
  safety: ended('SAFETY'),
  recitation: ended('RECITATION'),
  blocklist: ended('BLOCKLIST'),
  prohibited: ended('PROHIBITED_CONTENT'),
  spii: ended('SPII'),
  language: ended('LANGUAGE'),
  other: ended('OTHER'),
  'malformed-response': ended('MALFORMED_RESPONSE'),
  'unheard-of': ended('A_REASON_OF_NEXT_YEAR'),
  'no-image': ended('NO_IMAGE'),
  'image-other': ended('IMAGE_OTHER'),
  'image-safety': ended('IMAGE_SAFETY', 'Unable to show the generated image.'),
  'image-prohibited': ended('IMAGE_PROHIBITED_CONTENT', 'Unable to show the generated image.'),
  'no-usage': ({ usageMetadata: _, modelVersion: __, responseId: ___, ...reply }) => reply,
} satisfies Record<string, (reply: WireReply) => WireReply>;
