import { setTimeout as sleep } from 'node:timers/promises';
import { type CliRun, jsonOf, type RunningCli, startCli } from '@story-tree/testkit/programs/cli.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Disturbances } from '../stack/disturbances.ts';
import { LOCK_MS, type Stack } from '../stack/stack.ts';

const LEAST_MS = 500;
const LONGEST_MS = 4_000;

const SIGNALS = ['SIGKILL', 'SIGINT', 'SIGSTOP'] as const;
type Signal = (typeof SIGNALS)[number];

/** Why a command may fail whose story, database, models or files were taken away. */
const EXPECTED = /^(story_busy|lease_lost|database_unavailable|file_error|bundle_exists|cancelled|model_\w+)$/;

/** Longer than its lease holds. */
const STANDSTILL_MS = LOCK_MS * 1.5;

/** One command, from its start on. */
export interface Run {
  storyId: string;
  /** Whether something was done to it. */
  isDisturbed: boolean;
  /** Null until it has ended. */
  end: { code: string } | null;
}

/** Somebody at the command line, on the same stories: now on the machine of the database, now on another. */
export interface CommandLine {
  runs: readonly Run[];
  /** What must not have been seen. */
  objections: readonly string[];
  /** Makes all that a story still misses. @returns whether that was done */
  runAll(storyId: string, random: Random): Promise<boolean>;
}

export function openCommandLine(stack: Stack, disturbances: Disturbances, isCalm: () => boolean): CommandLine {
  const objections: string[] = [];
  const runs: Run[] = [];

  /** Kills it, asks it to stop, or has it stand still, some time after its start. */
  async function disturb(known: Run, caller: string, run: RunningCli, signal: Signal, random: Random): Promise<void> {
    await Promise.race([sleep(LEAST_MS + random.below(LONGEST_MS)), run.ended]);
    if (run.process.exitCode !== null) return;
    known.isDisturbed = true;
    disturbances.count(`the command line gets ${signal}`);
    await disturbances.during(caller, async () => {
      run.process.kill(signal);
      if (signal === 'SIGSTOP') {
        await sleep(STANDSTILL_MS);
        run.process.kill('SIGCONT');
      } else await run.ended;
    });
  }

  return {
    objections,
    runs,
    async runAll(storyId, random) {
      const known: Run = { storyId, isDisturbed: false, end: null };
      runs.push(known);
      const caller = `command-line-${runs.length}`;
      const variables = random.pick([stack.variables, stack.remoteVariables]);
      const run = startCli(['run-all', '--story-id', storyId, '--json'], variables(caller));
      const signal = random.pick([...SIGNALS, undefined]);
      if (signal !== undefined && !isCalm()) await disturb(known, caller, run, signal, random);
      const outcome = await run.ended;
      known.end = { code: outcome.stdout === '' ? '' : codeOf(jsonOf(outcome)) };
      if (outcome.code === 0) return true;
      // It may be interrupted before it can know what that means.
      const wasKilled = signal !== undefined && run.process.signalCode === signal;
      if (!wasKilled && !failsAsItMay(outcome)) {
        objections.push(`${caller} ended with ${outcome.code}: ${outcome.stdout}${outcome.stderr}`);
      }
      return false;
    },
  };
}

function failsAsItMay(outcome: CliRun): boolean {
  return outcome.code !== null && EXPECTED.test(codeOf(jsonOf(outcome))) && !/\n\s+at /.test(outcome.stderr);
}

function codeOf({ error }: Record<string, unknown>): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
