import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { configurationOf } from '@story-tree/runtime';
import { createTestDatabase, type TestDatabase } from '../database/database.ts';
import { bareEnvironment, ownEnvironment } from './processEnvironment.ts';

const CLI = path.resolve(import.meta.dirname, '../../../cli/src/agentWorkflowCli.ts');

export type Variables = Readonly<Record<string, string>>;

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  process: ChildProcess;
  ended: Promise<CliRun>;
  /** What has been said on stderr so far. */
  said(): string;
}

/** Starts the command line as a process of its own, with no more environment than it is given. */
export function startCli(args: readonly string[], variables: Variables): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...bareEnvironment(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([code, text(child.stdout)]).then(([exit, stdout]) => ({
    code: exit,
    stdout,
    stderr: said,
  }));
  return { process: child, ended, said: () => said };
}

/** Runs the command line as a process of its own to its end: where signals, stdin or the start are the point. */
export function runCliProcess(args: readonly string[], variables: Variables): Promise<CliRun> {
  return startCli(args, variables).ended;
}

/**
 * Runs the command line in this process, which says and does the same in a fraction of the time.
 * @param folder where it is typed
 */
export async function runCli(args: readonly string[], variables: Variables, folder = process.cwd()): Promise<CliRun> {
  // Loaded only where commands run: many programs need no more of this file than a workplace.
  const { runCommandLine } = await import('../../../cli/src/commandLine.ts');
  // Node looks there for every word that may have a colour; whoever runs the tests may have set it for themselves.
  const environment = ownEnvironment();
  if (variables.FORCE_COLOR === undefined) delete environment.FORCE_COLOR;
  else environment.FORCE_COLOR = variables.FORCE_COLOR;
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const said = Promise.all([text(stdout), text(stderr)]);
  const code = await runCommandLine(args, {
    readConfiguration: () => configurationOf(variables),
    folder,
    stdout,
    stderr,
    signal: new AbortController().signal,
    waitMs: 0,
  });
  stdout.end();
  stderr.end();
  const [output, complaints] = await said;
  return { code, stdout: output, stderr: complaints };
}

/** What `--json` printed. @throws Error when stdout is not exactly one JSON object */
export function jsonOf({ stdout, stderr }: CliRun): Record<string, unknown> {
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`Not one JSON object: ${stdout}\n${stderr}`, { cause });
  }
}

/** A database and folders of their own for some runs of the command line. */
export interface Workplace {
  database: TestDatabase;
  assets: string;
  output: string;
  variables: Variables;
  remove(): Promise<void>;
}

/** For runs that are killed: their story is free again soon. Too brief for runs that are not, on a busy machine. */
export const BRIEF_LEASE: Variables = { TASK_WORKER_LOCK_MS: '2000' };

export async function makeWorkplace(more: Variables = {}): Promise<Workplace> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-work-'));
  const assets = path.join(folder, 'assets');
  const output = path.join(folder, 'output');
  return {
    database,
    assets,
    output,
    variables: {
      DATABASE_URL: database.connectionString,
      STORY_TREE_ASSETS: assets,
      STORY_TREE_OUTPUT: output,
      ...more,
    },
    async remove() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A small synthetic story, for runs that are about something else than its content. */
export const SMALL_STORY: Variables = { STUB_SCENELETS: '5', STUB_SHOTS_PER_SCENELET: '1', STUB_BRANCHING: '2' };
