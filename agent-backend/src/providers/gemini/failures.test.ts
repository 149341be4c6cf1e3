import { describe, expect, it } from 'vitest';
import { readServiceError } from './failures.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const context = { redact: (text: string) => text.replaceAll('the-key', '[redacted]'), now: () => NOW };

function bodyOf(details: unknown): string {
  return JSON.stringify({
    error: { code: 429, message: 'Slow down, the-key!', status: 'RESOURCE_EXHAUSTED', details },
  });
}

describe('readServiceError', () => {
  it.each(['', 'not json', '[]', 'null', '{"error":"text"}', '{"error":{"details":{}}}', bodyOf([null, 7, 'x', {}])])(
    'copes with %s',
    (body) => {
      const error = readServiceError({ status: 500, body, retryAfter: null }, context);
      expect(error).toMatchObject({ retryAfterMs: undefined, perDay: false, generatedText: false });
    },
  );

  it('takes the longest of the requested waits', () => {
    const body = bodyOf([{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '16.5s' }]);
    expect(readServiceError({ status: 429, body, retryAfter: '3' }, context).retryAfterMs).toBe(16_500);
    expect(readServiceError({ status: 429, body, retryAfter: '30' }, context).retryAfterMs).toBe(30_000);
  });

  it('reads Retry-After as a date, and one in the past as now', () => {
    const read = (retryAfter: string) => readServiceError({ status: 503, retryAfter }, context).retryAfterMs;
    expect(read('Fri, 20 Nov 2026 12:00:05 GMT')).toBe(5_000);
    expect(read('Fri, 20 Nov 2026 11:00:00 GMT')).toBe(0);
    expect(read('soon')).toBeUndefined();
  });

  it('tells a daily quota from one per minute', () => {
    const violation = (quotaId: string) => bodyOf([{ violations: [{ quotaId }] }]);
    const perDay = (body: string) => readServiceError({ status: 429, body }, context).perDay;
    expect(perDay(violation('GenerateRequestsPerDayPerProjectPerModel-FreeTier'))).toBe(true);
    expect(perDay(violation('GenerateContentPaidTierInputTokensPerModelPerMinute'))).toBe(false);
  });

  it('keeps the words of the service, shortened and without the key', () => {
    const { cause } = readServiceError({ status: 429, body: bodyOf([]) }, context);
    expect(cause.message).toBe('HTTP 429 RESOURCE_EXHAUSTED: Slow down, [redacted]!');
    const long = JSON.stringify({ error: { message: 'x'.repeat(10_000) } });
    expect(readServiceError({ status: 400, body: long }, context).cause.message.length).toBeLessThan(600);
  });
});
