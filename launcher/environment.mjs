import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where Node caches compiled code; each version of Node has its own folder in it. */
export const COMPILE_CACHE = '.runtime/compile-cache';

/**
 * The value of PATH, which Windows spells differently.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function pathOf(env) {
  return env[pathKey(env)] ?? '';
}

/**
 * The environment for launched programs: for them and their children, `node` is the given one.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node The binary's path
 * @returns {NodeJS.ProcessEnv}
 */
export function withNode(env, node) {
  const path = [dirname(node), pathOf(env)].join(delimiter);
  return { ...env, [pathKey(env)]: path, NODE: node, npm_node_execpath: node };
}

/**
 * The environment with Node's compile cache switched on, which halves the time a command takes to start.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root The checkout
 * @returns {NodeJS.ProcessEnv}
 */
export function withCompileCache(env, root) {
  return { NODE_COMPILE_CACHE: join(root, COMPILE_CACHE), ...env };
}

/**
 * Looks for programs on PATH, in the order given, and returns the first one found.
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
