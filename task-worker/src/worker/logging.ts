import type { Log } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import { pino, stdSerializers } from 'pino';

const REDACTED = '[redacted]';
/** Shorter ones are not secrets, and hiding them would mangle words. */
const LEAST_LENGTH = 6;
/** User and password in an address. */
const CREDENTIALS = /(\w:\/\/)[^\s"/@]*@/g;

/** A log of JSON lines in which no secret shows, whatever brings it in: an error's text, an address, a request. */
export interface WorkerLog {
  log: Log;
  /** Learns of one more secret; of an address, its password is one. */
  hide(secret: string): void;
}

type LogEnvironment = Pick<
  Environment,
  'LOG_LEVEL' | 'GEMINI_API_KEY' | 'SUPABASE_JWT_SECRET' | 'DATABASE_URL' | 'REDIS_URL'
>;

/** @param write takes whole lines */
export function createWorkerLog(environment: LogEnvironment, write: (line: string) => void): WorkerLog {
  const secrets = new Set<string>();
  const hide = (secret: string) => {
    for (const form of formsOf(secret)) secrets.add(form);
  };
  const { LOG_LEVEL, GEMINI_API_KEY, SUPABASE_JWT_SECRET, DATABASE_URL, REDIS_URL } = environment;
  for (const secret of [GEMINI_API_KEY, SUPABASE_JWT_SECRET, DATABASE_URL, REDIS_URL]) hide(secret ?? '');
  const redacted = (line: string) =>
    [...secrets]
      .reduce((text, secret) => text.replaceAll(secret, REDACTED), line)
      .replaceAll(CREDENTIALS, `$1${REDACTED}@`);
  const logger = pino(
    { name: 'worker', level: LOG_LEVEL ?? 'info', serializers: { error: stdSerializers.errWithCause } },
    { write: (line) => write(redacted(line)) },
  );
  return { log: (level, message, fields = {}) => logger[level](fields, message), hide };
}

/** A secret in the ways in which it may stand in a line of JSON. */
function formsOf(secret: string): string[] {
  const password = URL.canParse(secret) ? new URL(secret).password : secret;
  return [password, decoded(password)]
    .filter(({ length }) => length >= LEAST_LENGTH)
    .flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
