import { runCountedTests } from './tests.mjs';
import { runTool, TOOLS } from './tools.mjs';

const STEPS = [
  { title: 'format and lint', tool: TOOLS.biome, args: ['ci'] },
  { title: 'types', tool: TOOLS.tsc, args: ['--noEmit'] },
  { title: 'dead code', tool: TOOLS.knip, args: [] },
];

/**
 * Runs everything that a change has to pass, up to the first step that fails. The last line on stdout is
 * `N passed, N failed`; a step before the tests counts as one failure.
 * @param {import('./launch.mjs').Project} project
 * @param {readonly string[]} args Passed on to the tests
 * @returns {Promise<number>} The exit code
 */
export async function runCheck(project, args) {
  for (const { title, tool, args: toolArgs } of STEPS) {
    const command = [tool.command, ...toolArgs].join(' ');
    project.say.line(`Checking ${title} (${command})`);
    const code = await runTool(project, tool, toolArgs);
    if (code !== 0) return finish(project, code, `${title} (${command})`, { passed: 0, failed: 1 });
  }
  project.say.line('Checking the tests');
  const { code, counts } = await runCountedTests(project, args);
  return finish(project, code, counts.passed === 0 ? 'the tests, of which none ran through' : 'the tests', counts);
}

/**
 * @param {import('./launch.mjs').Project} project
 * @param {number} code
 * @param {string} step
 * @param {import('./tests.mjs').Counts} counts
 */
function finish({ say, stdout }, code, step, { passed, failed }) {
  say.line(code === 0 ? 'The check passed.' : `The check failed at: ${step}.`);
  stdout.write(`${passed} passed, ${failed} failed\n`);
  return code;
}
