import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '@story-tree/runtime';
import { onTestFinished } from 'vitest';
import { bareEnvironment } from '../programs/processEnvironment.ts';

const SCRIPTED = path.join(import.meta.dirname, 'workerChild.ts');
const REAL = path.resolve(import.meta.dirname, '../../../task-worker/src/worker/main.ts');

/** A worker in a process of its own; ended with the test at the latest. */
export interface ChildWorker {
  process: ChildProcess;
  /** The lines of its log so far. */
  said(): string;
  /** Resolved when the log has such a line. @throws Error when it ends without */
  says(text: string): Promise<void>;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A worker that does scripted operations. */
export function startScriptedWorker(environment: Environment): ChildWorker {
  return watch(spawn(process.execPath, [SCRIPTED, JSON.stringify(environment)], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** The worker as it is run, with no more environment than it is given. */
export function startRealWorker(environment: Environment): ChildWorker {
  const variables = Object.entries(environment).map(([name, value]) => [name, String(value)]);
  return watch(
    spawn(process.execPath, [REAL], {
      env: { ...bareEnvironment(), ...Object.fromEntries(variables) },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function watch(child: ChildProcess): ChildWorker {
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  const take = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    process: child,
    said: () => said,
    async says(text) {
      while (!said.includes(text)) {
        if (hasEnded()) throw new Error(`The worker ended without “${text}”: ${said}`);
        await sleep(20);
      }
    },
    async end(signal) {
      const closed = hasEnded() ? Promise.resolve() : once(child, 'close');
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}
