/** The options of an address. A question mark that no name and equals sign follow is more likely part of a password. */
const OPTIONS = /\?[\w.-]+=.*$/s;

/** What ends a user or a password in an address, and a percent sign that encodes nothing. A stray @ does no harm. */
const UNENCODED = /[/?#]|%(?![\da-f]{2})/i;

/**
 * Whether the user or the password in an address of a server, such as `DATABASE_URL`, holds characters that mean
 * something else there. Parsed all the same, such an address often names a part of the password as its host.
 */
export function hasUnencodedCredentials(address: string): boolean {
  const rest = address.replace(/^[a-z][\w+.-]*:\/\//i, '');
  const beforeOptions = URL.canParse(address) ? rest.replace(OPTIONS, '') : rest;
  return UNENCODED.test(beforeOptions.slice(0, Math.max(0, beforeOptions.lastIndexOf('@'))));
}

/** What to do about it, as a sentence without its full stop. @param variable where the address comes from */
export function unencodedCredentials(variable: string): string {
  return `${variable} has a user or a password with characters that mean something else in an address: write @ as %40, / as %2F, : as %3A, # as %23, ? as %3F and % as %25`;
}
