import type { Log } from '@story-tree/domain';
import type { Environment, Secrets } from '@story-tree/runtime';
import { pino, stdSerializers } from 'pino';

/**
 * A log of JSON lines in which no secret shows, whatever brings it in: an error's text, an address, a request.
 * @param write takes whole lines
 */
export function createWorkerLog(
  level: Environment['LOG_LEVEL'],
  secrets: Pick<Secrets, 'redactJson'>,
  write: (line: string) => unknown,
): Log {
  const logger = pino(
    { name: 'worker', level: level ?? 'info', serializers: { error: stdSerializers.errWithCause } },
    { write: (line) => write(`${secrets.redactJson(line.trimEnd())}\n`) },
  );
  return (level, message, fields = {}) => logger[level](fields, message);
}
