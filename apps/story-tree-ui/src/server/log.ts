import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on stdout. Callers log facts, never headers, tokens or addresses with passwords. */
export function createLog(level: string | undefined): Logger {
  return pino({ name: 'app', level: level ?? 'info' });
}
