import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publicKeysAt } from './publicKeys.ts';

const ADDRESS = new URL('https://project.example.org/jwks.json');
const HEADER = { alg: 'ES256', kid: 'key' };
const TOKEN = { payload: '', signature: '' };

const { publicKey } = await generateKeyPair('ES256', { extractable: true });
const good = async () => Response.json({ keys: [{ ...(await exportJWK(publicKey)), ...HEADER }] });

const fetchKeys = vi.fn(good);
let keys: ReturnType<typeof publicKeysAt>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  fetchKeys.mockReset().mockImplementation(good);
  keys = publicKeysAt(ADDRESS, fetchKeys);
});
afterEach(() => vi.useRealTimers());

const failures: [string, () => Promise<Response>][] = [
  ['an error', async () => new Response('', { status: 500 })],
  ['nothing', () => Promise.reject(new TypeError('fetch failed'))],
  ['no JSON', async () => new Response('<html>')],
  ['no keys', async () => Response.json({ error: 'x' })],
];

describe('public keys', () => {
  it.each(failures)('that are answered with %s are not asked for again for a while', async (_, answer) => {
    fetchKeys.mockImplementation(answer);
    for (let token = 0; token < 20; token += 1) await expect(keys(HEADER, TOKEN)).rejects.toThrow();
    expect(fetchKeys).toHaveBeenCalledTimes(1);

    fetchKeys.mockImplementation(good);
    vi.advanceTimersByTime(10_000);
    await keys(HEADER, TOKEN);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });

  it('are asked for once, however many tokens name others', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `made up ${index}`);
    const all = names.map((kid) => keys({ ...HEADER, kid }, TOKEN));
    for (const result of await Promise.allSettled(all)) expect(result.status).toBe('rejected');
    for (const kid of names) await expect(keys({ ...HEADER, kid }, TOKEN)).rejects.toThrow();
    expect(fetchKeys).toHaveBeenCalledTimes(1);
  });

  it('that are known stay good while others cannot be had', async () => {
    await keys(HEADER, TOKEN);
    fetchKeys.mockRejectedValue(new TypeError('fetch failed'));
    vi.advanceTimersByTime(60_000);
    for (let token = 0; token < 20; token += 1) {
      await expect(keys({ ...HEADER, kid: 'another' }, TOKEN)).rejects.toThrow();
      await keys(HEADER, TOKEN);
    }
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });
});
