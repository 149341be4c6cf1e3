import { StoryTreeError } from '@story-tree/domain';
import type { ModelKind } from '../../models/ports.ts';
import type { RetrySettings } from './retry.ts';

/** Google's own address. Passed explicitly, or the SDK would look for one in the environment. */
export const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';

/** Characters a key may have; any other would break the header, and the error would quote it. */
const KEY_PATTERN = /^[\x21-\x7e]+$/;

/** Passed in by the composition root; the adapter never reads the environment itself. */
export interface GeminiSettings {
  apiKey: string;
  /** Address of a server that stands in for Google's, without the API version. */
  baseUrl?: string | undefined;
  /** The HTTP proxy on the way there, with its login if it wants one. */
  proxy?: URL | undefined;
  textModel: string;
  imageModel: string;
  ttsModel: string;
  /** Size class of images, such as "1K" or "2K". */
  imageSize?: string | undefined;
  timeouts?: Partial<Record<ModelKind, number>> | undefined;
  retry?: Partial<RetrySettings> | undefined;
  /** Waits, or rejects as soon as the signal aborts. */
  sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** A number from 0 up to 1, for the jitter of waits. */
  random?: (() => number) | undefined;
  /** Milliseconds since the epoch. */
  now?: (() => number) | undefined;
}

/** Settings with which a request can be made: key and address are usable. */
export interface UsableSettings extends GeminiSettings {
  baseUrl: string;
}

/**
 * Checks key and address. Takes nothing of the SDK, which is loaded later.
 * @throws StoryTreeError `not_configured` for an unusable key or address
 */
export function usableSettings(settings: GeminiSettings): UsableSettings {
  return { ...settings, apiKey: readKey(settings.apiKey), baseUrl: readBaseUrl(settings.baseUrl) };
}

function readKey(apiKey: string): string {
  const key = apiKey.trim();
  if (KEY_PATTERN.test(key)) return key;
  throw new StoryTreeError('not_configured', 'GEMINI_API_KEY does not hold a usable key. Set it, or use stub mode.');
}

function readBaseUrl(baseUrl: string | undefined): string {
  const address = baseUrl?.trim() || DEFAULT_BASE_URL;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new StoryTreeError(
    'not_configured',
    'GEMINI_BASE_URL is not an address. Give one such as http://127.0.0.1:8080, or leave it out.',
  );
}
