import { type ErrorCode, StoryTreeError } from '@story-tree/domain';
import type { ModelKind } from '../../models/ports.ts';
import type { Exchange } from './exchange.ts';
import { AttemptFailure } from './failure.ts';
import { readServiceError, type ServiceError } from './serviceError.ts';

/** Which variable names the model of a kind. */
const VARIABLES: Readonly<Record<ModelKind, string>> = {
  text: 'GEMINI_TEXT_MODEL',
  image: 'GEMINI_IMAGE_MODEL',
  speech: 'GEMINI_TTS_MODEL',
};

/** What an error sentence needs to know of the call. */
export interface FailureContext {
  kind: ModelKind;
  model: string;
  apiKey: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

export function cancelled(): StoryTreeError {
  return new StoryTreeError('cancelled', 'The model call was cancelled.');
}

export function timedOut(context: FailureContext, timeoutMs: number): AttemptFailure {
  const seconds = Math.max(1, Math.round(timeoutMs / 1_000));
  return broken(`${context.model} did not answer within ${seconds} s.`, 'Try again later.');
}

export function networkFailed(cause: Error): AttemptFailure {
  const way = 'Check the network, and GEMINI_BASE_URL if it is set, then try again.';
  return broken('The connection to Gemini failed.', way, { cause });
}

export function malformedReply(context: FailureContext): AttemptFailure {
  return broken(`${context.model} sent an answer that is not whole.`, 'Try again later.');
}

/** A reply that nobody could use, however often it is read; whoever wanted it decides whether to ask again. */
export function excessiveReply({ model }: FailureContext, cause: Error): AttemptFailure {
  const message = `${model} sent more than any answer can be.`;
  return new AttemptFailure('final', message, new StoryTreeError('model_reply_invalid', message, { cause }));
}

/** What an HTTP status other than success means. */
export function failureOf(exchange: Exchange & { status: number }, context: FailureContext): AttemptFailure {
  const { status } = exchange;
  const error = readServiceError(exchange, context);
  if (status === 429) return throttled(error, context);
  if (status === 408 || status >= 500) {
    return broken(`Gemini is overloaded or out of order (HTTP ${status}).`, 'Try again later.', {
      cause: error.cause,
      retryAfterMs: error.retryAfterMs,
      overloaded: status === 503,
    });
  }
  if (status === 401 || status === 403 || error.reason === 'API_KEY_INVALID') return unauthorized(error, context);
  return rejected(status, error, context);
}

function throttled(error: ServiceError, context: FailureContext): AttemptFailure {
  if (error.perDay) {
    return final(
      'model_quota_exhausted',
      `The key's daily quota for ${context.model} is used up. Try again tomorrow, or raise the quota in Google AI Studio.`,
      error,
    );
  }
  return new AttemptFailure(
    'throttled',
    'Gemini asks for fewer requests.',
    new StoryTreeError(
      'model_rate_limited',
      `Gemini keeps asking for fewer requests to ${context.model}. Try again in a few minutes, or with fewer calls at a time.`,
      { cause: error.cause },
    ),
    { retryAfterMs: error.retryAfterMs, overloaded: true },
  );
}

function unauthorized(error: ServiceError, context: FailureContext): AttemptFailure {
  const way = `Set GEMINI_API_KEY to a valid key that may use ${context.model}.`;
  return final('model_unauthorized', `Gemini did not accept the API key. ${way}`, error);
}

function rejected(status: number, error: ServiceError, context: FailureContext): AttemptFailure {
  const { model, kind } = context;
  const variable = VARIABLES[kind];
  if (kind === 'speech' && status === 400 && error.generatedText) {
    const sentence = `${model} keeps writing text instead of speaking. Try again, or set ${variable} to another model.`;
    const lasting = new StoryTreeError('model_rejected', sentence, { cause: error.cause });
    return new AttemptFailure('misheard', `${model} wrote text instead of speaking.`, lasting);
  }
  if (status === 404) {
    const way = `Set ${variable} to a ${kind} model that this key can use.`;
    return final('model_rejected', `Gemini does not know the model ${model}. ${way}`, error);
  }
  if (error.status === 'FAILED_PRECONDITION') {
    const way = 'Check its billing and whether Gemini is offered where you are.';
    return final('model_rejected', `Gemini does not serve this key as it is set up. ${way}`, error);
  }
  if (status < 400) {
    return final('model_rejected', 'The address of Gemini leads elsewhere. Check GEMINI_BASE_URL.', error);
  }
  const way = `Check that ${variable} names a ${kind} model; the log has the details.`;
  return final('model_rejected', `Gemini refused the request to ${model} (HTTP ${status}). ${way}`, error);
}

function broken(
  reason: string,
  way: string,
  options: { cause?: Error; retryAfterMs?: number | undefined; overloaded?: boolean } = {},
): AttemptFailure {
  const error = new StoryTreeError('model_unavailable', `${reason} ${way}`, { cause: options.cause });
  return new AttemptFailure('broken', reason, error, options);
}

function final(code: ErrorCode, message: string, { cause }: ServiceError): AttemptFailure {
  return new AttemptFailure('final', message, new StoryTreeError(code, message, { cause }));
}
