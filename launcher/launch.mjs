import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureApp } from './app.mjs';
import { runCheck } from './check.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { withCompileCache, withNode } from './environment.mjs';
import { asFailure, LauncherFailure } from './failure.mjs';
import { ensureNode } from './node.mjs';
import { run } from './run.mjs';
import { createSay } from './say.mjs';
import { runLongTests, runTests } from './tests.mjs';
import { isAtLeast, LAUNCHER_NODE } from './versions.mjs';

/** @typedef {import('./context.mjs').Project} Project */

/**
 * @typedef {object} Command
 * @property {string} about
 * @property {(project: Project, args: readonly string[]) => Promise<number>} run Resolves to the exit code
 * @property {boolean} [needsApp] Whether the web app has to be built first
 */

/** @type {Readonly<Record<string, Command>>} */
const COMMANDS = {
  start: {
    about: 'run the web app and the worker, with a sample story on the first start',
    run: script('supervisor/src/start.ts'),
    needsApp: true,
  },
  build: { about: 'set everything up without starting anything', run: async () => 0, needsApp: true },
  'story-tree': { about: 'use the command line', run: script('cli/src/agentWorkflowCli.ts') },
  test: { about: 'run the tests', run: runTests, needsApp: true },
  // The check builds the app itself, as one of its steps.
  check: { about: 'check format, types and dead code, then run the tests', run: runCheck },
  'check:long': { about: 'run the tests that take longer', run: runLongTests, needsApp: true },
  bench: { about: 'measure performance', run: script('bench/index.ts'), needsApp: true },
  torture: {
    about: 'break everything at random, and check that no harm is done',
    run: script('torture/index.ts'),
    needsApp: true,
  },
};

/** @type {readonly NodeJS.Signals[]} */
const CRASHES = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGABRT', 'SIGTRAP'];

/**
 * Sets up whatever the checkout still lacks, then runs one of the project's commands.
 * @param {readonly string[]} args The command's name and its arguments
 * @param {{ root: string, env: NodeJS.ProcessEnv, stderr?: NodeJS.WriteStream, stdout?: NodeJS.WriteStream }} surroundings
 * @returns {Promise<number>} The exit code
 */
export async function launch([name = '', ...args], { root, env, stderr = process.stderr, stdout = process.stdout }) {
  const say = createSay(stderr);
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw new LauncherFailure(usage(name), 2);
    if (!isAtLeast(process.version, LAUNCHER_NODE)) {
      throw new LauncherFailure(
        `Story Tree needs Node 20 or newer, but this is ${process.version}: install a newer one.`,
      );
    }
    const node = await ensureNode({ root, env, say, stdout });
    const context = { root, env: withCompileCache(withNode(env, node), root), say, stdout };
    await ensureDependencies(context, node);
    const project = { ...context, node };
    if (command.needsApp) await ensureApp(project);
    const code = await command.run(project, args);
    const crash = crashOf(code);
    if (crash !== undefined) say.line(crash);
    return code;
  } catch (thrown) {
    const { message, exitCode } = asFailure(thrown);
    say.line(message);
    return exitCode;
  }
}

/**
 * @param {string} path Within the checkout
 * @returns {Command['run']}
 */
function script(path) {
  // Early releases of Node 24 still warn that running TypeScript is experimental.
  const flags = ['--disable-warning=ExperimentalWarning'];
  return ({ root, node, env }, args) => run(node, [...flags, join(root, path), ...args], { cwd: process.cwd(), env });
}

/**
 * What to say of a command that did not end by itself: it cannot say it any more.
 * @param {number} code Its exit code
 * @returns {string | undefined}
 */
function crashOf(code) {
  if (code === 128 + constants.signals.SIGKILL) {
    return 'The command was killed (SIGKILL), most likely because memory ran out: free some and run it again.';
  }
  const signal = CRASHES.find((name) => code === 128 + constants.signals[name]);
  if (signal === undefined) return undefined;
  return `The command crashed (${signal}). If it does so again, remove the folders .runtime and node_modules: the next run sets them up again.`;
}

/** @param {string} name */
function usage(name) {
  const width = Math.max(...Object.keys(COMMANDS).map((command) => command.length));
  const lines = Object.entries(COMMANDS).map(([command, { about }]) => `  ${command.padEnd(width)}  ${about}`);
  const problem = name === '' ? 'Name one of these commands' : `There is no command "${name}"; choose one of these`;
  return `${problem}:\n${lines.join('\n')}`;
}
