const SESSION_COOKIE = 'story-tree-session';

/** The token that a browser keeps for the app, from its Cookie header. */
export function sessionToken(cookieHeader: string | undefined): string | undefined {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}

/**
 * The header that has a browser keep a token until it runs out. Scripts cannot read it, and pages of others send it along
 * only when a person follows a link.
 */
export function sessionCookie(token: string, expires: Date, isSecure: boolean): string {
  return [`${SESSION_COOKIE}=${token}`, `Expires=${expires.toUTCString()}`, ...attributes(isSecure)].join('; ');
}

export function clearedCookie(isSecure: boolean): string {
  return [`${SESSION_COOKIE}=`, 'Max-Age=0', ...attributes(isSecure)].join('; ');
}

function attributes(isSecure: boolean): string[] {
  return ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(isSecure ? ['Secure'] : [])];
}
