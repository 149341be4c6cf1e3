import type { IncomingMessage } from 'node:http';
import { StoryTreeError } from '@story-tree/domain';
import { BODY_LIMIT } from '../../wire/index.ts';
import { isLoopbackHeader } from './loopback.ts';
import type { OwnOrigin } from './ownOrigin.ts';
import type { Target } from './target.ts';

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;
const FROM_PROXIES = /^(forwarded|via|x-real-ip|x-forwarded.*)$/;
const READING = ['GET', 'HEAD', 'OPTIONS'];
const API_METHODS = [...READING, 'POST', 'PUT', 'PATCH', 'DELETE'];
const PAGE_METHODS = ['GET', 'HEAD'];

/** Whether a request may change anything. */
export function isMutation(method: string): boolean {
  return !READING.includes(method);
}

/** The methods that an address for programs, or one for people, can support at all. */
export function knownMethods(isMachine: boolean): readonly string[] {
  return isMachine ? API_METHODS : PAGE_METHODS;
}

/** @throws StoryTreeError `method_not_allowed` */
export function requireKnownMethod({ method = '' }: IncomingMessage, { isMachine }: Target): void {
  if (knownMethods(isMachine).includes(method)) return;
  throw new StoryTreeError('method_not_allowed', `${method} is not supported here: the Allow header lists what is.`);
}

/**
 * The routes enforce the same limit for bodies without a declared length. @throws StoryTreeError `payload_too_large`
 */
export function requireModestBody({ headers }: IncomingMessage): void {
  if (Number(headers['content-length'] ?? 0) <= BODY_LIMIT) return;
  throw new StoryTreeError('payload_too_large', `The body is longer than ${BODY_LIMIT} bytes: send less.`);
}

/**
 * Another name for this machine would let a foreign page reach the app through its own name server.
 * @throws StoryTreeError `bad_request`, `forbidden`
 */
export function requireHost({ headers: { host = '' } }: IncomingMessage, loopbackOnly: boolean): void {
  if (!HOST.test(host))
    throw new StoryTreeError('bad_request', 'The Host header is not a valid host: send a valid one.');
  if (!loopbackOnly || isLoopbackHeader(host)) return;
  throw new StoryTreeError(
    'forbidden',
    'Without sign-in, Story Tree answers only to this machine’s own names: open it as localhost or 127.0.0.1.',
  );
}

/**
 * Without sign-in, whoever reaches this machine counts as its owner. A proxy acts for others, and one that rewrites the
 * Host header looks like this machine; most of them identify themselves, and those that do not often use HTTP/1.0.
 * @throws StoryTreeError `forbidden`
 */
export function refuseProxies({ headers, httpVersion }: IncomingMessage): void {
  if (httpVersion !== '1.0' && !Object.keys(headers).some((name) => FROM_PROXIES.test(name))) return;
  throw new StoryTreeError(
    'forbidden',
    'Without sign-in, Story Tree does not answer requests that come through a proxy: set SUPABASE_JWKS_URL to have people sign in, or open it directly.',
  );
}

/**
 * Pages of other sites may not change anything here. Programs other than browsers send no origin.
 * @throws StoryTreeError `forbidden`
 */
export function refuseForeignOrigin({ method = '', headers }: IncomingMessage, { isOwn }: OwnOrigin): void {
  if (!isMutation(method)) return;
  const isCross = headers['sec-fetch-site'] === 'cross-site';
  if (!isCross && (headers.origin === undefined || isOwn(headers))) return;
  throw new StoryTreeError(
    'forbidden',
    'Changes are accepted only from this app’s own pages: open the app and make the change there.',
  );
}
