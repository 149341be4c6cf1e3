import { type GenerateContentParameters, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { StoryTreeError } from '@story-tree/domain';
import {
  cancelled,
  excessiveReply,
  type FailureContext,
  failureOf,
  malformedReply,
  networkFailed,
  timedOut,
} from './classify.ts';
import { createFetchFactory, type Exchange, NetworkFailure } from './exchange.ts';
import { restoreFinishMessage } from './finishMessage.ts';
import { ExcessiveReply, MOST_BYTES } from './replyLimits.ts';
import { requireShape } from './replyShape.ts';
import { DEFAULT_BASE_URL, type GeminiSettings } from './settings.ts';
import { collectStream, eventsIn, refusalIn } from './stream.ts';

/** What a key can be made of; anything else would break the header, whose error would quote it. */
const KEY = /^[\x21-\x7e]+$/;

/** Bounds of one request, and who listens to its reply. */
export interface SendOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** Asks for a stream; called with all of the reply that is there, after each piece of it. */
  onMore?: ((soFar: GenerateContentResponse) => void) | undefined;
}

/** Sends one request once. The reply is whole, whether it came as a stream or not. */
export type Send = (
  parameters: GenerateContentParameters,
  context: FailureContext,
  options: SendOptions,
) => Promise<GenerateContentResponse>;

/**
 * The SDK's client, with everything said explicitly that it would otherwise take from the environment.
 * @throws StoryTreeError `not_configured` for a key or an address that cannot be one
 */
export function createSend(settings: Pick<GeminiSettings, 'apiKey' | 'baseUrl'>): Send {
  const baseUrl = readBaseUrl(settings.baseUrl);
  const client = new GoogleGenAI({
    apiKey: readKey(settings.apiKey),
    enterprise: false,
    // The default, v1, has no speech models and no previews.
    apiVersion: 'v1beta',
    httpOptions: { baseUrl, apiVersion: 'v1beta' },
  });
  const fetchFor = createFetchFactory();

  return async (parameters, context, { signal, timeoutMs, onMore }) => {
    const exchange: Exchange = {};
    const attempt = armAttempt(signal, timeoutMs);
    const request = {
      ...parameters,
      config: {
        ...parameters.config,
        abortSignal: attempt.signal,
        httpOptions: { fetch: fetchFor(exchange, onMore ? 'stream' : 'whole', MOST_BYTES[context.kind]) },
        // Either would turn one call into several paid ones.
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
      throw explain(error, exchange, context);
    } finally {
      attempt.end();
    }
  };
}

function explain(error: unknown, exchange: Exchange, context: FailureContext): Error {
  if (error instanceof NetworkFailure) return networkFailed(error);
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
 * A signal of the attempt's own, so that listeners do not pile up on the caller's, which lives for thousands of calls;
 * and a flag that tells its timeout from an abort, which look alike to the SDK.
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
      // Lets go of a connection whose stream was not read to its end.
      controller.abort();
    },
  };
}

function readKey(apiKey: string): string {
  const key = apiKey.trim();
  if (KEY.test(key)) return key;
  throw new StoryTreeError('not_configured', 'GEMINI_API_KEY does not hold a usable key. Set it, or use stub mode.');
}

function readBaseUrl(baseUrl: string | undefined): string {
  const address = baseUrl?.trim() || DEFAULT_BASE_URL;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new StoryTreeError(
    'not_configured',
    'GEMINI_BASE_URL is not an address. Give one such as http://127.0.0.1:8080, or leave it out.',
  );
}
