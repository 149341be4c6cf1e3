import { causesOf, ERROR_CODES } from '@story-tree/domain';
import { isStoryTreeError } from './http/errorReply.ts';

/** What is worth waking somebody for, and what is not. */
interface Severity {
  level: 'debug' | 'warn' | 'error';
  fields: Readonly<Record<string, unknown>>;
}

/** How the log tells an error: what people do wrong, or leave halfway, is no trouble of the service. */
export function severityOf(thrown: unknown): Severity {
  if (isHangUp(thrown)) return { level: 'debug', fields: {} };
  if (!isStoryTreeError(thrown) || thrown.code === 'internal') return { level: 'error', fields: { err: thrown } };
  const { code } = thrown;
  if (ERROR_CODES[code].http < 500) return { level: 'debug', fields: { code } };
  return { level: 'warn', fields: { code, reason: causesOf(thrown) } };
}

/** A client that has gone: a closed tab, a player that jumped to another place, a network that broke. */
function isHangUp(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { name, message } = thrown;
  const code = 'code' in thrown ? thrown.code : undefined;
  if (name === 'AbortError' || name === 'ResponseAborted') return true;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || (code === 'ECONNRESET' && message === 'aborted');
}
