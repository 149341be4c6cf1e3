const START = '/story';
/** Stands for the app's own origin: an address that leads away from it has another one. */
const OWN_ORIGIN = 'http://story-tree.invalid';

/**
 * Where to go after signing in, for an address that came from outside, read the way browsers read addresses. Only path
 * and query count; an address that leads elsewhere, or back to the sign-in page, becomes the list of stories.
 */
export function safeNext(next: string | null): string {
  if (next === null || !URL.canParse(next, OWN_ORIGIN)) return START;
  const { origin, pathname, search } = new URL(next, OWN_ORIGIN);
  // Two slashes would begin a host name when the path is read again.
  const isOurs = origin === OWN_ORIGIN && !pathname.startsWith('//');
  return isOurs && !/^\/sign-in(\/|$)/.test(pathname) ? `${pathname}${search}` : START;
}
