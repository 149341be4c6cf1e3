import { codeOf } from '@story-tree/domain';
import pg from 'pg';

/** A failure that waiting does not fix. */
interface Refusal {
  /** What it says when it is not about one SQLSTATE or one code alone. */
  pattern?: RegExp;
  /** The rest of a sentence about the database, from what was said. */
  words(said: string): string;
}

const LOGIN = 'refuses the user or the password in DATABASE_URL: check both';

/** By SQLSTATE, or by its class. Poolers have states of their own for what PostgreSQL calls class 28. */
const REFUSED_STATES: readonly (Refusal & { state: RegExp })[] = [
  {
    state: /^(28000|08P01|XX000)$/,
    pattern: /no encryption|SSL off|SSL (connection )?(is )?required/i,
    words: () =>
      'accepts encrypted connections only: add sslmode=verify-full to DATABASE_URL, and sslrootcert=<file> if its certificate is signed by an authority of your own',
  },
  {
    state: /^28000$/,
    pattern: /client certificate/i,
    words: () => 'asks for a certificate of ours: add sslcert=<file> and sslkey=<file> to DATABASE_URL',
  },
  {
    state: /^28000$/,
    pattern: /pg_hba\.conf/,
    words: (said) =>
      `does not let this user in from here (${said}): have its administrator add a line for it to pg_hba.conf`,
  },
  {
    state: /^28000$/,
    pattern: /does not exist/,
    words: (said) =>
      `has no such user: correct DATABASE_URL, or run "create role ${nameIn(said)} login password '<password>'"`,
  },
  {
    state: /^28000$/,
    pattern: /not permitted to log in/,
    words: (said) => `does not let this user log in: have a superuser run "alter role ${nameIn(said)} login"`,
  },
  { state: /^28/, words: () => LOGIN },
  {
    state: /^3D000$/,
    words: (said) => `has no such database: check the end of DATABASE_URL, or run "create database ${nameIn(said)}"`,
  },
  {
    state: /^42501$/,
    words: (said) =>
      `does not let this user connect: have its owner run "grant connect on database ${nameIn(said)} to <user>"`,
  },
  {
    state: /^55000$/,
    words: (said) =>
      `is closed to everybody: have a superuser run "alter database ${nameIn(said)} allow_connections true"`,
  },
  {
    state: /^(08P01|XX000)$/,
    pattern: /no such (user|database)|authentication failed|user not found/i,
    words: () => `${LOGIN}, and the name of the database too`,
  },
  { state: /^08P01$/, pattern: /startup parameter/, words: refusedParameter },
  { state: /^(22|42|0A)/, words: refusedParameter },
];

const NO_PASSWORD = /password must be a/;
const NO_TLS = /server does not support SSL/;
const UNKNOWN_SIGNER = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET)_.*)$/;

/** Errors of Node and of the driver, by their code or by what they say. */
const REFUSED_CODES: readonly (Refusal & { code: RegExp })[] = [
  {
    code: UNKNOWN_SIGNER,
    words: () =>
      'has a certificate of an authority that is unknown here: add sslmode=verify-full and sslrootcert=<file with the certificate of that authority> to DATABASE_URL',
  },
  { code: /^CERT_HAS_EXPIRED$/, words: () => 'has a certificate that has expired: renew it on the server' },
  {
    code: /^CERT_NOT_YET_VALID$/,
    words: () => 'has a certificate that is not valid yet: check the clocks of both machines',
  },
  {
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    words: (said) => `has a certificate for another name (${said}): use the name in the certificate in DATABASE_URL`,
  },
  { code: /^CERT_/, words: (said) => `has a certificate that cannot be trusted (${said}): replace it on the server` },
  {
    code: /^(EPROTO|ERR_SSL_|ERR_OSSL_|ERR_TLS_)/,
    words: (said) =>
      `and this machine agree on no encryption (${said}): check sslmode in DATABASE_URL, and TLS on the server`,
  },
  {
    code: /^$/,
    pattern: NO_TLS,
    words: () =>
      'offers no encryption: switch it on there ("alter system set ssl = on", with a certificate), or set sslmode=disable in DATABASE_URL if you trust the network',
  },
  { code: /^$/, pattern: NO_PASSWORD, words: () => 'asks for a password: add it to DATABASE_URL' },
  { code: /^$/, pattern: /^SASL: /, words: () => LOGIN },
  {
    code: /^(ENOENT|ENOTDIR|EISDIR|EACCES|EPERM)$/,
    pattern: /^E[A-Z]+: /,
    words: (said) =>
      `needs a file that cannot be read (${said}): correct sslrootcert, sslcert or sslkey in DATABASE_URL`,
  },
  {
    code: /^(EACCES|EPERM)$/,
    pattern: /^connect /,
    words: (said) => `may not be reached by this program (${said}): check rights and firewall`,
  },
];

/**
 * Why a connection was refused for good: a wrong login, a right that is missing, TLS that does not come about. Undefined for
 * everything that may pass by itself, such as a server that is not there, is starting or is full.
 *
 * @returns the rest of a sentence that begins with the database, with the way out
 */
export function refusalOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = codeOf(thrown) ?? '';
  const said = namesOf(thrown) ?? thrown.message;
  const refusals: readonly Refusal[] =
    thrown instanceof pg.DatabaseError
      ? REFUSED_STATES.filter(({ state }) => state.test(code))
      : REFUSED_CODES.filter((refusal) => refusal.code.test(code));
  return refusals.find(({ pattern }) => pattern?.test(said) ?? true)?.words(said);
}

function refusedParameter(said: string): string {
  return `refuses what DATABASE_URL asks for (${said}): take that out of the address`;
}

/** PostgreSQL puts names into quotation marks; a name with others in it comes out whole. */
function nameIn(said: string): string {
  return /"(.*)"/.exec(said)?.[0] ?? '<name>';
}

/** Which names the certificate is for that was refused for its name. */
function namesOf(error: Error): string | undefined {
  const { cert } = error as { cert?: { subjectaltname?: string } };
  return cert?.subjectaltname;
}
