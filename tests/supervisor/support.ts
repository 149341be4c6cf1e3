import { type ChildProcess, spawn } from 'node:child_process';
import { bareEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';
import { onTestFinished } from 'vitest';

/** A program under test with what it says, and the ways to end it. */
export interface RunningProgram {
  pid: number;
  process: ChildProcess;
  /** All that was written to stdout and stderr so far. */
  said(): string;
  ended: Promise<number | null>;
}

/** Starts a program in a process group of its own; after the test the whole group is gone. */
export function startProgram(
  script: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): RunningProgram {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...bareEnvironment(), ...variables },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  }
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} did not start`);
  onTestFinished(() => signalGroup(pid, 'SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { pid, process: child, said: () => said, ended };
}

/** Sends a signal to a process and all that belong to its group, as a terminal does. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of them have ended already.
  }
}
