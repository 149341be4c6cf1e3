import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * A command-line tool among the dependencies.
 * @typedef {object} Tool
 * @property {string} package
 * @property {string} command
 */

/** @type {Readonly<Record<'biome' | 'tsc' | 'knip' | 'vitest' | 'next', Tool>>} */
export const TOOLS = {
  biome: { package: '@biomejs/biome', command: 'biome' },
  tsc: { package: 'typescript', command: 'tsc' },
  knip: { package: 'knip', command: 'knip' },
  vitest: { package: 'vitest', command: 'vitest' },
  next: { package: 'next', command: 'next' },
};

/**
 * Runs a tool at the root of the checkout, on the project's Node.
 * @param {import('./context.mjs').Project} project
 * @param {Tool} tool
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [extra] Variables on top of the environment
 * @returns {Promise<number>} Its exit code
 */
export async function runTool({ root, node, env }, tool, args, extra = {}) {
  return await run(node, [toolScript(root, tool), ...args], { cwd: root, env: { ...env, ...extra } });
}

/**
 * The path of a tool's script.
 * @param {string} root
 * @param {Tool} tool
 * @returns {string}
 */
export function toolScript(root, tool) {
  const folder = join(root, 'node_modules', tool.package);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[tool.command]);
}
