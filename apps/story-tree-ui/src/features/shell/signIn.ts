const START = '/story';
/** Stands for the app's own origin: what leads away from it has another one. */
const OWN_ORIGIN = 'http://story-tree.invalid';

/** Leads to the sign-in page, and from there back to where the person is now. */
export function goToSignIn(): void {
  if (location.pathname === '/sign-in') return;
  location.assign(`/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}

/**
 * Where to go in the app for an address that came from outside, read as browsers read addresses. Path and query alone
 * count; whatever leads elsewhere, or back to the sign-in, becomes the list of stories.
 */
export function safeNext(next: string | null): string {
  if (next === null || !URL.canParse(next, OWN_ORIGIN)) return START;
  const { origin, pathname, search } = new URL(next, OWN_ORIGIN);
  // Two slashes would begin the name of a host when the path is read once more.
  const isOurs = origin === OWN_ORIGIN && !pathname.startsWith('//');
  return isOurs && !/^\/sign-in(\/|$)/.test(pathname) ? `${pathname}${search}` : START;
}
