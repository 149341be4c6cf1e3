import { type GenerateContentParameters, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { StoryTreeError } from '@story-tree/domain';
import { ExcessiveReply, MAX_BYTES } from './boundedBody.ts';
import {
  cancelled,
  excessiveReply,
  type FailureContext,
  failureOf,
  malformedReply,
  networkFailed,
  timedOut,
} from './failures.ts';
import { createFetchFactory, type Exchange, NetworkFailure } from './httpExchange.ts';
import { requireShape, restoreFinishMessage } from './replyContent.ts';
import type { UsableSettings } from './settings.ts';
import { collectStream, eventsIn, refusalIn } from './stream.ts';

/** Limits of one request, and who listens to its reply. */
export interface SendOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** If given, the reply is streamed; called with the reply so far after each piece. */
  onMore?: ((soFar: GenerateContentResponse) => void) | undefined;
}

/** Sends one request once. The reply is complete, whether or not it was streamed. */
export type Send = (
  parameters: GenerateContentParameters,
  context: FailureContext,
  options: SendOptions,
) => Promise<GenerateContentResponse>;

/** Wraps the SDK's client, passing explicitly everything it would otherwise read from the environment. */
export function createSend({ apiKey, baseUrl, proxy }: Pick<UsableSettings, 'apiKey' | 'baseUrl' | 'proxy'>): Send {
  const client = new GoogleGenAI({
    apiKey,
    enterprise: false,
    // The default, v1, has no speech models and no previews.
    apiVersion: 'v1beta',
    httpOptions: { baseUrl, apiVersion: 'v1beta' },
  });
  const fetchFor = createFetchFactory(proxy);

  return async (parameters, context, { signal, timeoutMs, onMore }) => {
    const exchange: Exchange = {};
    const attempt = armAttempt(signal, timeoutMs);
    const request = {
      ...parameters,
      config: {
        ...parameters.config,
        abortSignal: attempt.signal,
        httpOptions: { fetch: fetchFor(exchange, onMore ? 'stream' : 'whole', MAX_BYTES[context.kind]) },
        // Either would turn one call into several billed ones.
        automaticContinuation: false,
        automaticFunctionCalling: { disable: true },
      },
    };
    try {
      const response = onMore
        ? await collectStream(await client.models.generateContentStream(request), onMore)
        : requireShape(await client.models.generateContent(request));
      restoreFinishMessage(response, () => eventsIn(exchange.body ?? ''));
      return response;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (attempt.timedOut()) throw timedOut(context, timeoutMs);
      throw explain(error, exchange, context, proxy);
    } finally {
      attempt.end();
    }
  };
}

function explain(error: unknown, exchange: Exchange, context: FailureContext, proxy: URL | undefined): Error {
  if (error instanceof NetworkFailure) return networkFailed(error, proxy);
  if (error instanceof ExcessiveReply) return excessiveReply(context, error);
  const { status } = exchange;
  if (status === undefined) {
    return new StoryTreeError('internal', 'The request to Gemini could not be made. The log has the details.', {
      cause: error,
    });
  }
  if (status < 200 || status >= 300) return failureOf({ ...exchange, status }, context);
  const refusal = refusalIn(exchange);
  return refusal === undefined ? malformedReply(context) : failureOf(refusal, context);
}

/**
 * A separate signal for each attempt, so that listeners do not pile up on the caller's, which lives for thousands of calls;
 * and a flag that tells a timeout from an abort, which look alike to the SDK.
 */
function armAttempt(parent: AbortSignal, timeoutMs: number) {
  const controller = new AbortController();
  let expired = false;
  const onAbort = () => controller.abort();
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, timeoutMs);
  parent.addEventListener('abort', onAbort, { once: true });
  if (parent.aborted) onAbort();
  return {
    signal: controller.signal,
    timedOut: () => expired,
    end: () => {
      clearTimeout(timer);
      parent.removeEventListener('abort', onAbort);
      // Releases a connection whose stream was not read to its end.
      controller.abort();
    },
  };
}
