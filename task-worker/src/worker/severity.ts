import { ERROR_CODES, type ErrorCode, type Log, toStoryTreeError } from '@story-tree/domain';

/** How the log tells a failure. */
export interface Severity {
  level: Parameters<Log>[0];
  fields: Readonly<Record<string, unknown>>;
}

/** What goes wrong again and again until somebody does something about it. */
const TO_BE_SEEN_TO: readonly ErrorCode[] = [
  'not_configured',
  'file_error',
  'model_unauthorized',
  'model_quota_exhausted',
];

/**
 * At which level somebody should hear of a task's failure: what people ask for wrongly, or limit, is no trouble of the
 * worker; a service that is in trouble is worth a look. Only what nobody expected needs its stack.
 */
export function severityOf(thrown: unknown): Severity {
  const { code, message } = toStoryTreeError(thrown);
  if (code === 'internal') return { level: 'error', fields: { code, error: thrown } };
  return { level: levelOf(code), fields: { code, reason: message } };
}

function levelOf(code: ErrorCode): Severity['level'] {
  if (TO_BE_SEEN_TO.includes(code)) return 'error';
  return ERROR_CODES[code].http >= 500 ? 'warn' : 'info';
}
