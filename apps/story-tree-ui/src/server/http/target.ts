import { StoryTreeError } from '@story-tree/domain';

/** Addresses for programs, not people: their errors are JSON. */
const MACHINE = new Set(['api', 'generated', 'metrics']);

/** Segments that could lead to another place than they seem to. */
const UNSAFE_SEGMENT = /^\.{1,2}$|[/\\\0]/;

/** What a request asks for. */
export interface Target {
  /** Decoded, never empty, `.` or `..`. */
  segments: readonly string[];
  /** The path as everything behind this server sees it. */
  pathname: string;
  /** With its question mark, or empty. */
  search: string;
  isMachine: boolean;
}

/** Whether errors at this address are JSON, however broken the rest of it is. */
export function isMachineAddress(url: string): boolean {
  return /^\/+(api|generated|metrics)(?![\w-])/i.test(url);
}

/**
 * Reads the target of a request.
 * @throws StoryTreeError `bad_request` when it is not an address, `not_found` when it could not be one of ours
 */
export function readTarget(url: string): Target {
  // Two slashes would begin a host name wherever the address is used as a link.
  if (!/^\/(?!\/)/.test(url) || url.includes('#')) throw undecodable();
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const search = end === -1 ? '' : url.slice(end);
  const segments = path.slice(1).split('/').map(decode);
  if (segments.some((segment) => UNSAFE_SEGMENT.test(segment))) throw notFound();

  const isMachine = MACHINE.has(segments[0] ?? '');
  if (!isMachine) return { segments: segments.filter(Boolean), pathname: path, search, isMachine };
  if (segments.includes('')) throw notFound();
  return { segments, pathname: `/${segments.map(encodeURIComponent).join('/')}`, search, isMachine };
}

/** The same, with something in the place of a target that is refused: the request is counted and logged all the same. */
export function tryToReadTarget(url: string): { target: Target; refusal: unknown } {
  try {
    return { target: readTarget(url), refusal: null };
  } catch (refusal) {
    const isMachine = isMachineAddress(url);
    const [pathname = ''] = url.split('?', 1);
    return { target: { segments: isMachine ? ['api'] : [], pathname, search: '', isMachine }, refusal };
  }
}

export function notFound(): StoryTreeError {
  return new StoryTreeError('not_found', 'There is nothing at this address: check it.');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw undecodable();
  }
}

function undecodable(): StoryTreeError {
  return new StoryTreeError('bad_request', 'The address of the request cannot be decoded: encode it as a URL.');
}
