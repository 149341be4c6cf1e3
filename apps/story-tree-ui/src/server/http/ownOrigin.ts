import { isLoopbackHeader } from './loopback.ts';

/** Of the headers of a request, those that are read here. */
interface Signs {
  host?: string | undefined;
  origin?: string | undefined;
  'x-forwarded-proto'?: string | string[] | undefined;
}

/** Where browsers find the app. */
export interface OwnOrigin {
  /** Whether the page that makes a request is one of the app's own. */
  isOwn(headers: Signs): boolean;
  /** Whether the browser uses HTTPS, so that what it keeps must never go anywhere without. */
  isSecure(headers: Signs): boolean;
}

/**
 * A public address decides by itself, whatever a proxy says. Without one, the Host header counts, which a proxy passes
 * on; nobody else's word for it does, since anybody may write that. `X-Forwarded-Proto` may only make things stricter.
 */
export function createOwnOrigin(publicUrl: string | undefined): OwnOrigin {
  const known = publicUrl === undefined ? null : new URL(publicUrl);

  return {
    isOwn(headers) {
      const { host = '', origin = '' } = headers;
      if (!URL.canParse(origin)) return false;
      const page = new URL(origin);
      if (page.origin === known?.origin) return true;
      // Past the proxy, on the machine itself.
      if (known !== null && !isLoopbackHeader(host)) return false;
      return isHostOf(page, host) && (page.protocol === 'https:' || !isForwardedHttps(headers));
    },
    isSecure(headers) {
      if (known !== null) return known.protocol === 'https:';
      return isForwardedHttps(headers) || (headers.origin ?? '').startsWith('https:');
    },
  };
}

/** The port may be left out where it is that of the scheme. */
function isHostOf({ protocol, host }: URL, header: string): boolean {
  const named = `${protocol}//${header}`;
  return URL.canParse(named) && new URL(named).host === host;
}

function isForwardedHttps(headers: Signs): boolean {
  return [headers['x-forwarded-proto']].flat()[0]?.split(',')[0]?.trim() === 'https';
}
