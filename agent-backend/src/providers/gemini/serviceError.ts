import { z } from 'zod';
import type { Exchange } from './exchange.ts';

/** Characters of the service's own words that are kept for logs. */
const KEPT_CHARACTERS = 500;

/** The error body of Google's APIs. Only what is looked at; all of it may be missing or be something else. */
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

/** What the service said about a failure, as far as it matters. */
export interface ServiceError {
  /** Google's canonical name, such as `INVALID_ARGUMENT`. */
  status: string;
  reason: string | undefined;
  /** The longer of RetryInfo and Retry-After. */
  retryAfterMs: number | undefined;
  /** A quota that only a new day refills. */
  perDay: boolean;
  /** The speech model wrote instead of speaking. */
  generatedText: boolean;
  /** For logs: the service's words, shortened, the key blotted out wherever the service repeated it. */
  cause: Error;
}

export function readServiceError(
  exchange: Exchange & { status: number },
  context: { apiKey: string; now(): number },
): ServiceError {
  const { status, message = '', details = [] } = readBody(exchange.body);
  const delays = [...details.map(readRetryInfo), readRetryAfter(exchange.retryAfter, context.now())];
  const known = delays.filter((delay) => delay !== undefined);
  const words = `${message}`.replaceAll(context.apiKey, '[key]').slice(0, KEPT_CHARACTERS);
  return {
    status: status ?? '',
    reason: firstReason(details),
    retryAfterMs: known.length > 0 ? Math.max(...known) : undefined,
    perDay: details.some(isPerDay),
    generatedText: /model tried to generate text/i.test(message),
    cause: new Error(`HTTP ${exchange.status} ${status ?? ''}: ${words}`),
  };
}

function readBody(body: string | undefined): z.infer<typeof ErrorBody>['error'] {
  try {
    return ErrorBody.parse(JSON.parse(body ?? '')).error;
  } catch {
    // A proxy's page, or nothing: the status has to do.
    return {};
  }
}

function readRetryInfo(detail: unknown): number | undefined {
  const info = RetryInfo.safeParse(detail);
  return info.success ? Number.parseFloat(info.data.retryDelay) * 1_000 : undefined;
}

/** Seconds, or a date. */
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
