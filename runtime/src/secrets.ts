import { createRedaction, redactShapes } from '@story-tree/domain';
import type { Environment } from './environment.ts';

/** The secrets of an installation, as everything knows them that writes logs, events and errors. */
export interface Secrets {
  /** The text without the secrets, and without what looks like one. */
  redact(text: string): string;
  /** The same for JSON, which stays JSON. */
  redactJson(json: string): string;
  /** Learns of one more secret; of an address, its password is one. */
  hide(secret: string): void;
}

type WithSecrets = Pick<Environment, 'GEMINI_API_KEY' | 'SUPABASE_JWT_SECRET' | 'DATABASE_URL' | 'REDIS_URL'>;

export function secretsOf(environment: WithSecrets): Secrets {
  const { GEMINI_API_KEY, SUPABASE_JWT_SECRET, DATABASE_URL, REDIS_URL } = environment;
  const redaction = createRedaction([]);
  const hide = (secret: string) => {
    for (const part of secretParts(secret)) redaction.hide(part);
  };
  for (const secret of [GEMINI_API_KEY, SUPABASE_JWT_SECRET, DATABASE_URL, REDIS_URL]) hide(secret ?? '');
  const redact = (text: string) => redactShapes(redaction.redact(text));
  return {
    hide,
    redact,
    redactJson(json) {
      if (redact(json) === json) return json;
      const withoutSecrets = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
      return JSON.stringify(JSON.parse(json), withoutSecrets);
    },
  };
}

/** The passwords of an address, or the secret itself. */
function secretParts(secret: string): string[] {
  if (!URL.canParse(secret)) return [secret];
  const { password, searchParams } = new URL(secret);
  return [password, decoded(password), searchParams.get('password') ?? ''];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
