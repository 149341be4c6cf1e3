import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** How long to wait after a failure before the keys are requested again, in milliseconds. */
const PAUSE_MS = 10_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({})) });

/**
 * The public keys at an address. They are fetched again when they are ten minutes old, or when a token names an unknown
 * key and they are half a minute old; after a failure not for {@link PAUSE_MS}, however many tokens arrive.
 */
export function publicKeysAt(address: URL, fetchKeys: FetchImplementation = fetch): JWTVerifyGetKey {
  return createRemoteJWKSet(address, { [customFetch]: pausingAfterFailure(fetchKeys) });
}

function pausingAfterFailure(fetchKeys: FetchImplementation): FetchImplementation {
  let failure: { error: unknown; at: number } | null = null;
  return async (url, options) => {
    if (failure !== null && performance.now() < failure.at + PAUSE_MS) throw failure.error;
    try {
      const response = await fetchKeys(url, options);
      if (response.status !== 200) throw new Error(`The keys were answered with status ${response.status}.`);
      return Response.json(keySetSchema.parse(await response.json()));
    } catch (error) {
      failure = { error, at: performance.now() };
      throw error;
    }
  };
}
