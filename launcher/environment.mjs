import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where Node keeps what it has compiled; each version of Node has a folder of its own in it. */
export const COMPILE_CACHE = '.runtime/compile-cache';

/**
 * The value of PATH, which Windows spells in its own way.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function pathOf(env) {
  return env[pathKey(env)] ?? '';
}

/**
 * The environment for what is launched: `node` means the given Node there, for grandchildren too.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node The binary's path
 * @returns {NodeJS.ProcessEnv}
 */
export function withNode(env, node) {
  const path = [dirname(node), pathOf(env)].join(delimiter);
  return { ...env, [pathKey(env)]: path, NODE: node, npm_node_execpath: node };
}

/**
 * The environment in which Node keeps what it has compiled, so that a command starts in about half the time.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root The checkout
 * @returns {NodeJS.ProcessEnv}
 */
export function withCompileCache(env, root) {
  return { NODE_COMPILE_CACHE: join(root, COMPILE_CACHE), ...env };
}

/**
 * The first of these programs that PATH has.
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} names
 * @returns {string | undefined} Its full path
 */
export function findProgram(env, names) {
  const folders = pathOf(env)
    .split(delimiter)
    .filter((folder) => folder !== '');
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}

/** @param {NodeJS.ProcessEnv} env */
function pathKey(env) {
  return Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
}
