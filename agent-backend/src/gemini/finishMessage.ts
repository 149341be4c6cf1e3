import type { GenerateContentResponse } from '@google/genai';
import { z } from 'zod';

const Body = z.object({ candidates: z.array(z.object({ finishMessage: z.string().optional() })) });

/** Puts back what the service said about an early ending, which the SDK drops from replies of this API. */
export function restoreFinishMessage(response: GenerateContentResponse, body: string | undefined): void {
  const candidate = response.candidates?.[0];
  // Whole replies have none, and can be megabytes of image that need not be parsed twice.
  if (candidate === undefined || candidate.finishReason === 'STOP' || body === undefined) return;
  const words = Body.safeParse(JSON.parse(body)).data?.candidates[0]?.finishMessage;
  if (words !== undefined) candidate.finishMessage = words;
}
