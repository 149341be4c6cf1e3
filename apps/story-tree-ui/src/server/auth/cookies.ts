import { parseCookie, stringifySetCookie } from 'cookie';

const SESSION_COOKIE = 'story-tree-session';

/** The last moment that a cookie's date can name. */
const LAST_EXPIRY = Date.UTC(9999, 11, 31);

/** The token that a browser keeps for the app, from its Cookie header. */
export function sessionToken(cookieHeader: string | undefined): string | undefined {
  return parseCookie(cookieHeader ?? '')[SESSION_COOKIE] || undefined;
}

/**
 * The header that has a browser keep a token until it expires. Scripts cannot read it, and pages of other sites send it
 * along only when a person follows a link.
 */
export function sessionCookie(token: string, expires: Date, isSecure: boolean): string {
  const lasting = { expires: new Date(Math.min(expires.getTime(), LAST_EXPIRY)) };
  return stringifySetCookie({ name: SESSION_COOKIE, value: token, ...lasting, ...attributes(isSecure) });
}

export function clearedCookie(isSecure: boolean): string {
  return stringifySetCookie({ name: SESSION_COOKIE, value: '', maxAge: 0, ...attributes(isSecure) });
}

function attributes(isSecure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
}
