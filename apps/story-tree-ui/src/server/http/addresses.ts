/** An address that the app serves. */
export interface Address {
  path: RegExp;
  /** Needs no sign-in: what a browser loads before anyone has signed in. */
  isOpen?: true;
  /** Next's development aids, which exist only while somebody works on the app. */
  isForDevelopers?: true;
}

/**
 * Every address that exists. Next would serve more, such as its image service, which gives pictures of stories to
 * anybody once one person has seen them: what is not in this list does not exist.
 */
const ADDRESSES: readonly Address[] = [
  { path: /^\/(story(\/[^/]+){0,2}\/?)?$/ },
  { path: /^\/(sign-in\/?|icon\.svg|_next\/static\/.+)$/, isOpen: true },
  { path: /^\/api\/(health(\/(live|ready|work))?|session)$/, isOpen: true },
  { path: /^\/(api|generated|metrics)(\/.+)?$/ },
  { path: /^\/(_next|__nextjs)/, isOpen: true, isForDevelopers: true },
];

/** Where Next serves the page that says so. */
export const NOWHERE = '/_not-found';

/** The address of a path; null when there is nothing. */
export function findAddress(pathname: string, dev: boolean): Address | null {
  return ADDRESSES.find(({ path, isForDevelopers }) => (dev || !isForDevelopers) && path.test(pathname)) ?? null;
}
