import type { IncomingMessage } from 'node:http';
import { StoryTreeError } from '@story-tree/domain';
import { BODY_LIMIT } from '../../wire/index.ts';
import { isLoopbackHeader } from './loopback.ts';
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

/** The methods that an address for programs, or one for people, can know at all. */
export function knownMethods(isMachine: boolean): readonly string[] {
  return isMachine ? API_METHODS : PAGE_METHODS;
}

/** @throws StoryTreeError `method_not_allowed` */
export function requireKnownMethod({ method = '' }: IncomingMessage, { isMachine }: Target): void {
  if (knownMethods(isMachine).includes(method)) return;
  throw new StoryTreeError('method_not_allowed', `${method} means nothing here: the Allow header names what does.`);
}

/** Bodies that do not say how long they are the routes hold to the same. @throws StoryTreeError `payload_too_large` */
export function requireModestBody({ headers }: IncomingMessage): void {
  if (Number(headers['content-length'] ?? 0) <= BODY_LIMIT) return;
  throw new StoryTreeError('payload_too_large', `The body is longer than ${BODY_LIMIT} bytes: send less.`);
}

/**
 * Another name for this machine would let a foreign page speak to the app by way of its own name server.
 * @throws StoryTreeError `bad_request`, `forbidden`
 */
export function requireHost({ headers: { host = '' } }: IncomingMessage, loopbackOnly: boolean): void {
  if (!HOST.test(host)) throw new StoryTreeError('bad_request', 'The Host header names no host: send one that does.');
  if (!loopbackOnly || isLoopbackHeader(host)) return;
  throw new StoryTreeError(
    'forbidden',
    'Without sign-in, Story Tree answers to names of this machine only: open it as localhost or 127.0.0.1.',
  );
}

/**
 * Without sign-in, whoever speaks to this machine is its one person. A proxy speaks for others, and one that rewrites the
 * Host header looks like this machine; most of them say what they are, and those that do not often speak HTTP/1.0.
 * @throws StoryTreeError `forbidden`
 */
export function refuseProxies({ headers, httpVersion }: IncomingMessage): void {
  if (httpVersion !== '1.0' && !Object.keys(headers).some((name) => FROM_PROXIES.test(name))) return;
  throw new StoryTreeError(
    'forbidden',
    'Without sign-in, Story Tree answers nobody who comes by way of a proxy: set SUPABASE_JWKS_URL to have people sign in, or open it directly.',
  );
}

/**
 * Pages of others may not change anything here. Programs that are no browsers name no origin.
 * @throws StoryTreeError `forbidden`
 */
export function refuseForeignOrigin({ method = '', headers }: IncomingMessage): void {
  if (!isMutation(method)) return;
  const isCross = headers['sec-fetch-site'] === 'cross-site';
  const { origin } = headers;
  if (!isCross && (origin === undefined || hostsOf(headers).includes(hostOf(origin)))) return;
  throw new StoryTreeError('forbidden', 'Changes are taken from pages of this app only: open it and do it there.');
}

/** Both names that the app may have for its pages: a proxy hands on the one that the browser knows. */
function hostsOf(headers: IncomingMessage['headers']): string[] {
  return [headers.host, headers['x-forwarded-host']].map((host) => String(host ?? '').toLowerCase()).filter(Boolean);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}
