import { causesOf, codeOf, ERROR_CODES } from '@story-tree/domain';
import { storyTreeErrorOf } from './http/errorReply.ts';

/** What is worth waking somebody for, and what is not. */
interface Severity {
  level: 'debug' | 'warn' | 'error';
  fields: Readonly<Record<string, unknown>>;
}

/** How the log tells an error: what people do wrong, or leave halfway, is no trouble of the service. */
export function severityOf(thrown: unknown): Severity {
  if (isHangUp(thrown)) return { level: 'debug', fields: {} };
  const error = storyTreeErrorOf(thrown);
  const { code } = error;
  if (code === 'internal') return { level: 'error', fields: { err: thrown } };
  if (ERROR_CODES[code].http < 500) return { level: 'debug', fields: { code } };
  const reason = causesOf(error);
  return { level: 'warn', fields: reason === '' ? { code } : { code, reason } };
}

/** A client that has gone: a closed tab, a player that jumped to another place, a network that broke. */
function isHangUp(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { name, message } = thrown;
  const code = codeOf(thrown);
  if (name === 'AbortError' || name === 'ResponseAborted') return true;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || (code === 'ECONNRESET' && message === 'aborted');
}
