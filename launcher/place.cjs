// CommonJS: from some of these folders Node loads no modules.
const { sep } = require('node:path');

/**
 * What the path of a checkout may not contain, and what would fail.
 * @type {readonly { character: string, reason: string }[]}
 */
const IMPOSSIBLE = [
  { character: '#', reason: 'the build of the web app does not find its files there' },
  { character: '\\', reason: 'Node cannot load modules from there' },
];

/**
 * Says why Story Tree cannot run from a folder, before anything is installed there.
 * @param {string} root
 * @param {string} [separator] Of this system's paths
 * @returns {string | undefined} One sentence that says what to do; undefined if it can
 */
exports.refusalOf = (root, separator = sep) => {
  const found = IMPOSSIBLE.find(({ character }) => character !== separator && root.includes(character));
  if (found === undefined) return undefined;
  return `Story Tree cannot run from ${root}, since ${found.reason}: move the checkout to a folder without "${found.character}" in its path.`;
};
