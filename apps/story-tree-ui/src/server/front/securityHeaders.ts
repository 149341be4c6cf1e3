import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Target } from '../http/target.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const;

/** Data and files are not pages: opened as one, they may do nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'self'";

const PLAYER_PAGE = 'player.html';

/**
 * Toasts bring their styles in an element without a nonce: it is added to the page empty, and then filled. Both states
 * are allowed by their hash.
 */
export const TOAST_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
] as const;

export interface ContentPolicies {
  /** Other origins that pages connect to, for example to sign in. */
  connectTo: readonly string[];
  /** React's development aids need `eval`, and hot-reloaded styles come in elements. */
  dev: boolean;
  /** That of the page which plays stories. */
  player: string;
}

/** The headers of every response. */
export function setCommonHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
}

/**
 * What a response may do in a browser. In pages, only scripts of the app run: Next finds the nonce in the request and
 * adds it to them.
 */
export function setContentPolicy(
  request: IncomingMessage,
  response: ServerResponse,
  { segments, isMachine }: Target,
  policies: ContentPolicies,
): void {
  const isStaticFile = segments[0] === '_next' && segments[1] === 'static' && segments.length > 2;
  if (isStaticFile) return;
  if (isMachine) {
    const isPlayer = segments.at(-1) === PLAYER_PAGE;
    return void response.setHeader('content-security-policy', isPlayer ? policies.player : DATA_POLICY);
  }
  const value = pagePolicy(policies, randomBytes(16).toString('base64'));
  response.setHeader('content-security-policy', value);
  request.headers['content-security-policy'] = value;
}

/**
 * Styles come only from the app's own files. The canvas and others position elements by writing to `.style`, which no
 * policy restricts; a `style` attribute in markup from the server would be ignored.
 */
function pagePolicy({ connectTo, dev }: ContentPolicies, nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    dev ? "style-src 'self' 'unsafe-inline'" : ["style-src 'self'", ...TOAST_STYLES].join(' '),
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    ["connect-src 'self'", ...connectTo].join(' '),
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
