/**
 * npm's settings by which it reaches a registry, and where it caches. An install takes these from the user's configuration
 * and no others, so that what is installed is what the lockfile says on every machine.
 */
const REACHING = [
  /^(@[^:]+:)?registry$/,
  // Credentials and certificates for one registry, such as `//npm.example.org/:_authToken`.
  /^\/\//,
  /^(_auth|_authtoken|username|_password|email|always-auth)$/,
  /^(proxy|https?-proxy|no-?proxy|local-address|maxsockets|fetch-.+)$/,
  /^(ca|cafile|cert|key|strict-ssl)$/,
  /^(cache|offline|prefer-offline|prefer-online|replace-registry-host)$/,
];

const VARIABLE = /^npm_config_/i;

/**
 * The environment for an install. npm would also leave out what is for development if NODE_ENV told it to.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function reachingEnvironment(env) {
  const kept = Object.entries(env).filter(
    ([name]) => name !== 'NODE_ENV' && (!VARIABLE.test(name) || isReaching(settingOf(name))),
  );
  return Object.fromEntries(kept);
}

/**
 * The lines of an `.npmrc` that an install takes over.
 * @param {string} text
 * @returns {string}
 */
export function reachingLines(text) {
  const kept = text.split(/\r?\n/).filter((line) => {
    const [, name = ''] = /^\s*"?([^=\s"[]+)/.exec(line) ?? [];
    return isReaching(name);
  });
  return kept.map((line) => `${line}\n`).join('');
}

/**
 * npm's own reading of a variable's name: hyphens for underscores, except at the beginning and in addresses.
 * @param {string} variable
 */
function settingOf(variable) {
  const name = variable.replace(VARIABLE, '');
  return name.startsWith('//') ? name : name.replace(/(?!^)_/g, '-');
}

/** @param {string} setting */
function isReaching(setting) {
  return REACHING.some((pattern) => pattern.test(setting.toLowerCase()));
}
