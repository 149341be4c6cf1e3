import type { GenerateContentResponse, Part } from '@google/genai';
import { StoryTreeError } from '@story-tree/domain';
import type { FailureContext } from './classify.ts';
import { AttemptFailure } from './failure.ts';

/** Endings that stay the same however often one asks. */
const BLOCKED = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

/** What is left out of an empty reply, for people. */
const CONTENT_NAMES = { text: 'text', image: 'an image', speech: 'a voice' } as const;

/**
 * The content of a reply that came to its proper end, thoughts included.
 * @throws AttemptFailure for replies that were blocked, cut off, or ended in any other way
 */
export function readParts(response: GenerateContentResponse, context: FailureContext): readonly Part[] {
  const block = response.promptFeedback?.blockReason;
  if (block !== undefined) throw blocked(block, response.promptFeedback?.blockReasonMessage, context);

  const candidate = response.candidates?.[0];
  const reason = candidate?.finishReason;
  if (reason !== undefined && BLOCKED.has(reason)) throw blocked(reason, candidate?.finishMessage, context);
  if (reason === 'MAX_TOKENS') throw truncated(context);
  const parts = candidate?.content?.parts;
  if (reason !== 'STOP' || !Array.isArray(parts)) throw emptyReply(reason, context);
  return parts;
}

/** A reply without what was asked for; it is billed all the same. */
export function emptyReply(finishReason: string | undefined, context: FailureContext): AttemptFailure {
  const without = `${context.model} answered without ${CONTENT_NAMES[context.kind]}`;
  const reason = readable(finishReason);
  const error = new StoryTreeError(
    'model_empty',
    `${without}, and again when asked again (${reason}). Try once more.`,
    {
      details: { reason },
    },
  );
  return new AttemptFailure('empty', `${without} (${reason}).`, error);
}

function blocked(finishReason: string, words: string | undefined, context: FailureContext): AttemptFailure {
  const reason = readable(finishReason);
  const message = `Gemini blocked this request (${reason}). Reword what it is about, then run it again.`;
  const cause = words === undefined ? undefined : new Error(words.replaceAll(context.apiKey, '[key]').slice(0, 500));
  return new AttemptFailure(
    'final',
    message,
    new StoryTreeError('model_blocked', message, { cause, details: { reason } }),
  );
}

function truncated(context: FailureContext): AttemptFailure {
  const reason = `The answer of ${context.model} met its length limit.`;
  const way = 'Try again, or ask for less: fewer scenelets, a shorter prompt.';
  return new AttemptFailure('truncated', reason, new StoryTreeError('model_truncated', `${reason} ${way}`));
}

/** The service's names for endings are safe to show; anything else in their place is not. */
function readable(reason: string | undefined): string {
  if (reason === undefined) return 'no finish reason';
  return /^[A-Z_]{1,40}$/.test(reason) ? reason : 'unknown finish reason';
}
