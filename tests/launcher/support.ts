import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The checkout that these tests are in. */
export const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'story-tree-launcher-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

/** Writes files below `root`, creating their folders. */
export function writeFiles(root: string, files: Record<string, string | object>): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** A checkout without dependencies, whose command line prints its arguments as JSON. */
export function tinyCheckout(): string {
  const root = temporaryFolder();
  const manifest = { name: 'tiny', version: '1.0.0' };
  writeFiles(root, {
    'package.json': manifest,
    'package-lock.json': { ...manifest, lockfileVersion: 3, requires: true, packages: { '': manifest } },
    'cli/src/agentWorkflowCli.ts': 'console.log(JSON.stringify({ args: process.argv.slice(2) }));',
  });
  return root;
}

/** The path of a program in `programs/`. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}

/** Starts a program in `programs/` on the Node of the tests; it is killed after the test if it still runs. */
export function startProgram(name: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [programPath(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The first line that a program prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the program has no stdout to read');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the program printed nothing');
}

/** The outcome of a program that has ended. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Waits for a program to end, collecting its output from here on. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    outcome.stderr += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })));
}

/** Launches a command in a checkout, as `launcher.cjs` would there. */
export function launchIn(
  root: string,
  command: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const args = [root, JSON.stringify(variables), ...command];
  return outcomeOf(startProgram('launch.mjs', args, { stdio: ['ignore', 'pipe', 'pipe'] }));
}
