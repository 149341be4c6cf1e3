/** Leads to the sign-in page, and from there back to where the person is now. */
export function goToSignIn(): void {
  if (location.pathname === '/sign-in') return;
  location.assign(`/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}

/** A path within the app from a `next` parameter; anything that could lead elsewhere becomes the list of stories. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/story';
  return next.startsWith('/sign-in') ? '/story' : next;
}
