import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge } from '../../launcher/tests.mjs';
import { CHECKOUT, type Outcome, outcomeOf, temporaryFolder, writeFiles } from './support.ts';

describe('counting a test run', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((testStatus) => ({ status: testStatus })),
  });

  test('failed tests are counted', () => {
    const report = { numPassedTests: 2, numFailedTests: 1, testResults: [file('failed', 'failed', 'passed')] };
    expect(judge(1, report)).toEqual({ code: 1, counts: { passed: 2, failed: 1 } });
  });

  test('a file that cannot be loaded is a failure', () => {
    const report = { numPassedTests: 2, numFailedTests: 0, testResults: [file('failed'), file('passed', 'passed')] };
    expect(judge(1, report)).toEqual({ code: 1, counts: { passed: 2, failed: 1 } });
  });

  test('an error outside any test is a failure', () => {
    const report = { numPassedTests: 2, numFailedTests: 0, testResults: [file('passed', 'passed')] };
    expect(judge(1, report)).toEqual({ code: 1, counts: { passed: 2, failed: 1 } });
  });

  test('a run without any test is a failure', () => {
    expect(judge(0, { numPassedTests: 0, numFailedTests: 0, testResults: [] }).code).toBe(1);
    expect(judge(0, undefined)).toEqual({ code: 1, counts: { passed: 0, failed: 1 } });
  });

  test('a run in which all tests passed succeeds', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] };
    expect(judge(0, report)).toEqual({ code: 0, counts: { passed: 3, failed: 0 } });
  });
});

describe('.ci/run', () => {
  function runCi(check: string): Promise<Outcome> {
    const root = temporaryFolder();
    mkdirSync(join(root, '.ci'));
    copyFileSync(join(CHECKOUT, '.ci/run'), join(root, '.ci/run'));
    chmodSync(join(root, '.ci/run'), 0o755);
    writeFiles(root, { 'package.json': { scripts: { check: 'node check.mjs' } }, 'check.mjs': check });
    return outcomeOf(spawn(join(root, '.ci/run'), { cwd: '/' }));
  }

  test.each([
    ['fails before it can count', 'process.exit(3)', 3, '0 passed, 1 failed'],
    ['succeeds without a count', 'console.log("fine")', 1, '0 passed, 1 failed'],
    ['claims success without a test', 'console.log("0 passed, 0 failed")', 1, '0 passed, 0 failed'],
    ['counts a failure', 'console.log("4 passed, 1 failed"); process.exit(1)', 1, '4 passed, 1 failed'],
    ['counts successes only', 'console.log("4 passed, 0 failed")', 0, '4 passed, 0 failed'],
  ])('a check that %s', async (_what, check, code, lastLine) => {
    const outcome = await runCi(check);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout.trimEnd().split('\n').at(-1)).toBe(lastLine);
  });
});
