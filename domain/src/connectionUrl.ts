/** Goes into a message about an address whose user or password was not encoded. It shows nothing of either. */
export const HOW_TO_ENCODE = 'write @ as %40, / as %2F, : as %3A, # as %23, ? as %3F and % as %25';

/** The options of an address. A question mark that no name and equals sign follow is more likely part of a password. */
const OPTIONS = /\?[\w.-]+=.*$/s;

/** A percent sign that encodes nothing. */
const LONE_PERCENT = /%(?![\da-f]{2})/i;

/**
 * Whether the user or the password in an address of a server, such as `DATABASE_URL`, holds characters that mean
 * something else there. Parsed all the same, such an address often names a part of the password as its host. A stray @
 * does no harm: the last one before the host counts.
 */
export function hasUnencodedCredentials(address: string): boolean {
  const afterScheme = address.replace(/^[a-z][\w+.-]*:\/\//i, '');
  const end = afterScheme.search(/[/?#]/);
  const authority = end < 0 ? afterScheme : afterScheme.slice(0, end);
  const rest = end < 0 ? '' : afterScheme.slice(end);
  const credentials = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  return LONE_PERCENT.test(credentials) || rest.replace(OPTIONS, '').includes('@');
}
