import { setTimeout as sleep } from 'node:timers/promises';
import { type CliRun, jsonOf, type RunningCli, startCli } from '@story-tree/testkit/programs/cli.ts';
import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Disturbances } from '../stack/disturbances.ts';
import { LOCK_MS, type Stack } from '../stack/stack.ts';

const LEAST_MS = 500;
const LONGEST_MS = 4_000;

const SIGNALS = ['SIGKILL', 'SIGINT', 'SIGSTOP'] as const;
type Signal = (typeof SIGNALS)[number];

/** Why a command may fail if its story, database, models or files were taken away. */
const EXPECTED = /^(story_busy|lease_lost|database_unavailable|file_error|bundle_exists|cancelled|model_\w+)$/;

/** Longer than its lease lasts. */
const STANDSTILL_MS = LOCK_MS * 1.5;

/** One run of a command. */
export interface Run {
  storyId: string;
  /** Whether something was done to it. */
  isDisturbed: boolean;
  /** Null until it has ended. */
  end: { code: string } | null;
}

/** Somebody at the command line, working on the same stories, on the database's machine or on another. */
export interface CommandLine {
  runs: readonly Run[];
  /** Observations that must never occur. */
  objections: readonly string[];
  /** Generates everything that a story still lacks. @returns whether that succeeded */
  runAll(storyId: string, random: Random): Promise<boolean>;
}

export function openCommandLine(stack: Stack, disturbances: Disturbances, isCalm: () => boolean): CommandLine {
  const objections: string[] = [];
  const runs: Run[] = [];

  /** Kills, interrupts or pauses the command some time after its start. */
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
      // The signal may arrive before the command has installed its handler.
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
