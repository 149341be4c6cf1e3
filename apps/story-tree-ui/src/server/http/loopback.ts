import { StoryTreeError } from '@story-tree/domain';
import { isLoopback } from '@story-tree/runtime';

const PORT = /:\d{1,5}$/;

/** Whether a Host header, with any port, can only mean this machine. */
export function isLoopbackHeader(header: string | undefined): boolean {
  return header !== undefined && isLoopback(header.replace(PORT, ''));
}

/** The address at which a server that listens there is reached from this machine. */
export function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Without sign-in, whoever reaches the app may do everything: so nobody else may reach it.
 * @throws StoryTreeError `not_configured`
 */
export function requireLoopbackUnlessSignIn(host: string, hasSignIn: boolean): void {
  if (hasSignIn || isLoopback(host)) return;
  throw new StoryTreeError(
    'not_configured',
    `HOST is ${host}, which others can reach, and nobody has to sign in: set SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL, or use 127.0.0.1.`,
  );
}
