/** What the name of a user or a password may not hold as it is, each with what stands for it in an address. */
const ENCODED = '/ as %2F, # as %23, ? as %3F, @ as %40, : as %3A, % as %25';

/**
 * Whether the address of a server has a user or a password with characters that end them in an address. What follows
 * is then taken for a path or a fragment, and the server that does not answer is a piece of the password.
 *
 * @param address such as `postgresql://user:password@host:5432/database` or `redis://:password@host`
 */
export function hasUnescapedLogin(address: string): boolean {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(address) ?? [];
  // A query may have an @ of its own, if it is one.
  const upToQuery = URL.canParse(address) ? rest.replace(/\?[\w.-]+=.*$/s, '') : rest;
  const login = upToQuery.slice(0, Math.max(0, upToQuery.lastIndexOf('@')));
  return /[/?#]/.test(login);
}

/** What to do about it. @param variable where the address is from; nothing of the address itself is repeated */
export function unescapedLogin(variable: string): string {
  return `The user or the password in ${variable} has characters that mean something else in an address: write ${ENCODED}.`;
}
