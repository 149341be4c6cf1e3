import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '../database/database.ts';
import { bareEnvironment } from './processEnvironment.ts';

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

export function runCli(args: readonly string[], variables: Variables): Promise<CliRun> {
  return startCli(args, variables).ended;
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
