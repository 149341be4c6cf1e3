import type { GenerateContentResponse } from '@google/genai';
import { z } from 'zod';

const Body = z.object({ candidates: z.array(z.object({ finishMessage: z.string().optional() })) });

/**
 * Puts back what the service said about an early ending, which the SDK drops from replies of this API.
 * @param received the documents as they came: one, or one for each piece of a stream
 */
export function restoreFinishMessage(response: GenerateContentResponse, received: () => readonly unknown[]): void {
  const candidate = response.candidates?.[0];
  // Whole replies have none, and can be megabytes of image that need not be parsed twice.
  if (candidate === undefined || candidate.finishReason === 'STOP') return;
  const [words] = received().flatMap((document) => Body.safeParse(document).data?.candidates[0]?.finishMessage ?? []);
  if (words !== undefined) candidate.finishMessage = words;
}
