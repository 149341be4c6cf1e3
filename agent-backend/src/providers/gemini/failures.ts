import { type ErrorCode, StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import type { ModelKind } from '../../models/ports.ts';
import type { Exchange } from './httpExchange.ts';
import { AttemptFailure } from './retry.ts';

/** The environment variable that sets the model of each kind. */
const VARIABLES: Readonly<Record<ModelKind, string>> = {
  text: 'GEMINI_TEXT_MODEL',
  image: 'GEMINI_IMAGE_MODEL',
  speech: 'GEMINI_TTS_MODEL',
};

const PROXY_REFUSAL = /Proxy (?:response|Authentication Required) \((4\d\d)\)/;

/** What an error message needs to know about the call. */
export interface FailureContext {
  kind: ModelKind;
  model: string;
  /** Hides the key in what the service says. */
  redact(text: string): string;
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

/** @param proxy what the connection went through */
export function networkFailed(cause: Error, proxy?: URL): AttemptFailure {
  if (proxy !== undefined) return proxyFailed(cause, proxy.host);
  const way = 'Check the network, and GEMINI_BASE_URL if it is set, then try again.';
  return broken('The connection to Gemini failed.', way, { cause });
}

function proxyFailed(cause: Error, proxy: string): AttemptFailure {
  const refused = proxyRefusal(cause);
  if (refused === undefined) {
    const way = 'Check HTTPS_PROXY, or have NO_PROXY name the service, then try again.';
    return broken(`The connection to Gemini through the proxy at ${proxy} failed.`, way, { cause });
  }
  const way =
    refused === '407'
      ? 'Write user and password into HTTPS_PROXY.'
      : 'Have it let this connection through, or name the service in NO_PROXY.';
  const message = `The proxy at ${proxy} refuses the connection to Gemini (HTTP ${refused}). ${way}`;
  return new AttemptFailure('final', message, new StoryTreeError('not_configured', message, { cause }));
}

export function malformedReply(context: FailureContext): AttemptFailure {
  return broken(`${context.model} sent an incomplete answer.`, 'Try again later.');
}

/** A reply that cannot be used. Not retried here: the caller decides whether to ask again. */
export function excessiveReply({ model }: FailureContext, cause: Error): AttemptFailure {
  const message = `${model} sent a reply that is far too large or too deeply nested.`;
  return new AttemptFailure('final', message, new StoryTreeError('model_reply_invalid', message, { cause }));
}

/** The status with which a proxy said no, somewhere behind an error; the client's error has no field for it. */
function proxyRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return PROXY_REFUSAL.exec(error.message)?.[1] ?? proxyRefusal(error.cause);
}

/** The failure that an HTTP status other than success stands for. */
export function failureOf(exchange: Exchange & { status: number }, context: FailureContext): AttemptFailure {
  const { status } = exchange;
  const error = readServiceError(exchange, context);
  if (status === 429) return throttled(error, context);
  if (status === 408 || status >= 500) {
    return broken(`Gemini is overloaded or has failed (HTTP ${status}).`, 'Try again later.', {
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
    const way = 'Check its billing, and whether Gemini is available in your region.';
    return final('model_rejected', `Gemini refuses this key as it is set up. ${way}`, error);
  }
  if (status < 400) {
    return final('model_rejected', 'The address of Gemini redirects elsewhere. Check GEMINI_BASE_URL.', error);
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

/** Characters of the service's own words that are kept for logs. */
const KEPT_CHARACTERS = 500;

/** The error body of Google's APIs: only the fields read here, each of which may be missing or of another type. */
const ErrorBody = z.object({
  error: z.object({
    status: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    details: z.array(z.unknown()).optional().catch(undefined),
  }),
});

const RetryInfo = z.object({ retryDelay: z.string().regex(/^\d+(\.\d+)?s$/) });
const QuotaFailure = z.object({ violations: z.array(z.object({ quotaId: z.string().optional() })) });
const ErrorInfo = z.object({ reason: z.string() });

/** The relevant parts of the service's account of a failure. */
export interface ServiceError {
  /** Google's canonical name, such as `INVALID_ARGUMENT`. */
  status: string;
  reason: string | undefined;
  /** The longer of RetryInfo and Retry-After. */
  retryAfterMs: number | undefined;
  /** Whether a daily quota is used up. */
  perDay: boolean;
  /** The speech model wrote instead of speaking. */
  generatedText: boolean;
  /** For logs: the service's words, shortened, with the key redacted wherever the service repeated it. */
  cause: Error;
}

export function readServiceError(
  exchange: Exchange & { status: number },
  context: Pick<FailureContext, 'redact' | 'now'>,
): ServiceError {
  const { status, message = '', details = [] } = readBody(exchange.body);
  const delays = [...details.map(readRetryInfo), readRetryAfter(exchange.retryAfter, context.now())];
  const known = delays.filter((delay) => delay !== undefined);
  const words = context.redact(message).slice(0, KEPT_CHARACTERS);
  return {
    status: status ?? '',
    reason: firstReason(details),
    retryAfterMs: known.length > 0 ? Math.max(...known) : undefined,
    perDay: details.some(isPerDay),
    generatedText: /model tried to generate text/i.test(message),
    cause: new Error(`HTTP ${exchange.status} ${context.redact(status ?? '')}: ${words}`),
  };
}

function readBody(body: string | undefined): z.infer<typeof ErrorBody>['error'] {
  try {
    return ErrorBody.parse(JSON.parse(body ?? '')).error;
  } catch {
    // A proxy's page, or nothing: only the status is known.
    return {};
  }
}

function readRetryInfo(detail: unknown): number | undefined {
  const info = RetryInfo.safeParse(detail);
  return info.success ? Number.parseFloat(info.data.retryDelay) * 1_000 : undefined;
}

/** `Retry-After` holds seconds or a date. */
function readRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isPerDay(detail: unknown): boolean {
  const failure = QuotaFailure.safeParse(detail);
  return failure.success && failure.data.violations.some(({ quotaId }) => /PerDay/i.test(quotaId ?? ''));
}

function firstReason(details: readonly unknown[]): string | undefined {
  for (const detail of details) {
    const info = ErrorInfo.safeParse(detail);
    if (info.success) return info.data.reason;
  }
  return undefined;
}
