import type { GenerateContentResponse } from '@google/genai';
import { z } from 'zod';

const Tokens = z.array(z.object({ modality: z.string().optional(), tokenCount: z.number().optional() })).optional();

/** Of a reply what is looked at. All of it may be missing; what is there is of the type that the SDK promises. */
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
 * The reply itself, when it is of the shape that its type says: the SDK hands on whatever was in the body.
 * @throws Error when it is not
 */
export function requireShape(response: GenerateContentResponse): GenerateContentResponse {
  Reply.parse(response);
  return response;
}
