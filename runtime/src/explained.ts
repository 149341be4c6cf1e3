import { toStoryTreeError } from '@story-tree/domain';
import { oneLine } from './terminalText.ts';

/** True of programs that write one; whoever shows the reason in its place needs none. */
const IN_THE_LOG = / The log has the details\.$/;

/** What went wrong, for the terminal of whoever runs a program that writes no log: of unexpected errors also the reason. */
export function explained(thrown: unknown): string {
  const { code, message, cause } = toStoryTreeError(thrown);
  if (code !== 'internal' || cause === undefined) return message;
  return withReason(message, cause instanceof Error ? cause.message : String(cause));
}

/** A sentence with the reason behind it. */
export function withReason(message: string, reason: string): string {
  return `${message.replace(IN_THE_LOG, '')} (${oneLine(reason)})`;
}
