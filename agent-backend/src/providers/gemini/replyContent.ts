import type { GenerateContentResponse, Part } from '@google/genai';
import { StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import type { FailureContext } from './failures.ts';
import { AttemptFailure } from './retry.ts';

const Tokens = z.array(z.object({ modality: z.string().optional(), tokenCount: z.number().optional() })).optional();

/** The fields of a reply that are read. Any may be missing; those present have the type that the SDK promises. */
const Reply = z.object({
  candidates: z
    .array(
      z.object({
        content: z
          .object({
            parts: z
              .array(
                z.object({
                  text: z.string().optional(),
                  thought: z.boolean().optional(),
                  inlineData: z.object({ data: z.string().optional(), mimeType: z.string().optional() }).optional(),
                }),
              )
              .optional(),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z
    .object({ blockReason: z.string().optional(), blockReasonMessage: z.string().optional() })
    .optional(),
  usageMetadata: z.object({ promptTokensDetails: Tokens, candidatesTokensDetails: Tokens }).optional(),
  modelVersion: z.string().optional(),
  responseId: z.string().optional(),
});

/**
 * Returns the reply if it has the shape its type promises: the SDK passes on whatever was in the body.
 * @throws Error if it has not
 */
export function requireShape(response: GenerateContentResponse): GenerateContentResponse {
  Reply.parse(response);
  return response;
}

const FinishMessages = z.object({ candidates: z.array(z.object({ finishMessage: z.string().optional() })) });

/**
 * Restores the service's explanation of an early ending, which the SDK drops from replies of this API.
 * @param received the documents as received: one, or one for each piece of a stream
 */
export function restoreFinishMessage(response: GenerateContentResponse, received: () => readonly unknown[]): void {
  const candidate = response.candidates?.[0];
  // Complete replies have none, and can be megabytes of image that need not be parsed twice.
  if (candidate === undefined || candidate.finishReason === 'STOP') return;
  const [words] = received().flatMap(
    (document) => FinishMessages.safeParse(document).data?.candidates[0]?.finishMessage ?? [],
  );
  if (words !== undefined) candidate.finishMessage = words;
}

/** Finish reasons that stay the same however often the request is sent. */
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

/** What an empty reply lacks, in words for people. */
const CONTENT_NAMES = { text: 'text', image: 'an image', speech: 'a voice' } as const;

/**
 * The parts of a reply that finished normally, thoughts included.
 * @throws AttemptFailure for replies that were blocked, truncated, or ended in any other way
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

/** A reply without the content that was asked for; it is billed all the same. */
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
  const message = `Gemini blocked this request (${reason}). Reword the story or the scene it is about, then run it again.`;
  const cause = words === undefined ? undefined : new Error(context.redact(words).slice(0, 500));
  return new AttemptFailure(
    'final',
    message,
    new StoryTreeError('model_blocked', message, { cause, details: { reason } }),
  );
}

function truncated(context: FailureContext): AttemptFailure {
  const reason = `The answer of ${context.model} reached its length limit.`;
  const way = 'Try again, or ask for less: fewer scenelets, a shorter prompt.';
  return new AttemptFailure('truncated', reason, new StoryTreeError('model_truncated', `${reason} ${way}`));
}

/** The service's names for finish reasons are safe to show; any other text in their place is not. */
function readable(reason: string | undefined): string {
  if (reason === undefined) return 'no finish reason';
  return /^[A-Z_]{1,40}$/.test(reason) ? reason : 'unknown finish reason';
}
