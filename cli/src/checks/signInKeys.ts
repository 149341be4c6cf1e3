import { causesOf } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import { z } from 'zod';
import type { Finding } from './finding.ts';

const what = 'Keys of sign-ins';
const ANSWER_WITHIN_MS = 5_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** Whether the public keys that sign-ins are checked with can be read; nothing where none are needed. */
export async function checkSignInKeys({ SUPABASE_JWKS_URL: address }: Environment): Promise<Finding[]> {
  if (address === undefined) return [];
  const reason = await whyUnreadable(address);
  if (reason === null) return [{ what, ok: true, detail: `can be read at ${new URL(address).host}` }];
  const detail = `nobody can sign in, since SUPABASE_JWKS_URL cannot be read (${reason}): check that address and the network`;
  return [{ what, ok: false, detail }];
}

async function whyUnreadable(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!response.ok) return `status ${response.status}`;
    return keySetSchema.safeParse(await response.json()).success ? null : 'there are no keys in what it answers';
  } catch (error) {
    if (error instanceof SyntaxError) return 'it does not answer with JSON';
    return error instanceof Error ? causesOf(error) || error.message : String(error);
  }
}
