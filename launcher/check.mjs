import { ensureApp } from './app.mjs';
import { APP } from './appStamp.mjs';
import { asFailure } from './failure.mjs';
import { runCountedTests } from './tests.mjs';
import { runTool, TOOLS } from './tools.mjs';

/** @typedef {import('./launch.mjs').Project} Project */
/** @typedef {{ title: string, run: (project: Project) => Promise<number> }} Step Answers with an exit code */

/** @type {readonly Step[]} */
const STEPS = [
  toolStep('format and lint', TOOLS.biome, ['ci']),
  toolStep('types', TOOLS.tsc, ['--noEmit']),
  toolStep("the web app's routes", TOOLS.next, ['typegen', APP]),
  // Some of them are made by the step before.
  toolStep("the web app's types", TOOLS.tsc, ['--noEmit', '-p', APP]),
  // It runs in a browser, outside the web app.
  toolStep("the player's types", TOOLS.tsc, ['--noEmit', '-p', 'agent-backend/src/bundle/player']),
  toolStep('dead code', TOOLS.knip, []),
  { title: 'that the web app builds', run: buildApp },
];

/**
 * Runs everything that a change has to pass, up to the first step that fails. The last line on stdout is
 * `N passed, N failed`; a step before the tests counts as one failure.
 * @param {Project} project
 * @param {readonly string[]} args Passed on to the tests
 * @returns {Promise<number>} The exit code
 */
export async function runCheck(project, args) {
  for (const { title, run } of STEPS) {
    project.say.line(`Checking ${title}`);
    const code = await run(project);
    if (code !== 0) return finish(project, code, title, { passed: 0, failed: 1 });
  }
  project.say.line('Checking the tests');
  const { code, counts } = await runCountedTests(project, args);
  return finish(project, code, counts.passed === 0 ? 'the tests, of which none ran through' : 'the tests', counts);
}

/**
 * @param {string} title
 * @param {import('./tools.mjs').Tool} tool
 * @param {readonly string[]} args
 * @returns {Step}
 */
function toolStep(title, tool, args) {
  return {
    title: `${title} (${[tool.command, ...args].join(' ')})`,
    run: (project) => runTool(project, tool, args, { NEXT_TELEMETRY_DISABLED: '1' }),
  };
}

/** @param {Project} project */
async function buildApp(project) {
  try {
    await ensureApp(project);
    return 0;
  } catch (thrown) {
    const { message, exitCode } = asFailure(thrown);
    project.say.line(message);
    return exitCode;
  }
}

/**
 * @param {Project} project
 * @param {number} code
 * @param {string} step
 * @param {import('./tests.mjs').Counts} counts
 */
function finish({ say, stdout }, code, step, { passed, failed }) {
  say.line(code === 0 ? 'The check passed.' : `The check failed at: ${step}.`);
  stdout.write(`${passed} passed, ${failed} failed\n`);
  return code;
}
