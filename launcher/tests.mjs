import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestPrograms } from './programs.mjs';
import { runTool, TOOLS } from './tools.mjs';

/** @typedef {import('./context.mjs').Project} Project */
/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs the tests.
 * @param {Project} project
 * @param {readonly string[]} args Passed on to Vitest
 * @returns {Promise<number>} The exit code
 */
export async function runTests(project, args) {
  await ensureTestPrograms(project);
  return await runTool(project, TOOLS.vitest, ['run', ...args]);
}

/**
 * Runs the tests that take longer.
 * @param {Project} project
 * @param {readonly string[]} args Passed on to Vitest
 * @returns {Promise<number>} The exit code
 */
export async function runLongTests(project, args) {
  await ensureTestPrograms(project);
  return await runTool(project, TOOLS.vitest, ['run', '--project', 'long', ...args], { STORY_TREE_LONG: '1' });
}

/**
 * Runs the tests and counts them.
 * @param {Project} project
 * @param {readonly string[]} args Passed on to Vitest
 * @returns {Promise<{ code: number, counts: Counts }>}
 */
export async function runCountedTests(project, args) {
  const folder = mkdtempSync(join(tmpdir(), 'story-tree-tests-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runTests(project, [...reporters, ...args]);
    return judge(code, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Counts a test run. Anything that fails the run without a failed test (a file that cannot be loaded, an error outside
 * any test, no test at all) counts as a failure, so that the counts never look better than the run was.
 * @param {number} code Vitest's exit code
 * @param {VitestReport | undefined} report Undefined when there is none
 * @returns {{ code: number, counts: Counts }}
 *
 * @typedef {object} VitestReport The part of Vitest's JSON report that is read here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults One per file
 */
export function judge(code, report) {
  const passed = report?.numPassedTests ?? 0;
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
  if (failed === 0 && code === 0 && passed > 0) return { code: 0, counts: { passed, failed: 0 } };
  return { code: code === 0 ? 1 : code, counts: { passed, failed: Math.max(1, failed) } };
}
