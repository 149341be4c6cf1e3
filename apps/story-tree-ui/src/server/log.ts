import type { Secrets } from '@story-tree/runtime';
import { type Logger, pino, stdSerializers } from 'pino';

export type { Logger } from 'pino';

/** A log of JSON lines on stdout, in which no secret shows. */
export function createLog(level: string | undefined, secrets: Pick<Secrets, 'redactJson'>): Logger {
  // The stream itself, also when what others write to it becomes lines of this log.
  const write = process.stdout.write.bind(process.stdout);
  return pino(
    { name: 'app', level: level ?? 'info', serializers: { err: stdSerializers.errWithCause } },
    { write: (line) => void write(`${secrets.redactJson(line.trimEnd())}\n`) },
  );
}
