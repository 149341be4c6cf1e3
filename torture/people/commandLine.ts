import { setTimeout as sleep } from 'node:timers/promises';
import { type CliRun, jsonOf, startCli } from '../../tests/support/cli.ts';
import type { Lot } from '../../tests/support/seeded.ts';
import type { Stack } from '../stack/stack.ts';
import type { Disturbances } from '../trouble/disturbances.ts';

const LEAST_MS = 500;
const LONGEST_MS = 4_000;

/** Why a command may fail whose story, database, models or files were taken away. */
const EXPECTED = /^(story_busy|lease_lost|database_unavailable|file_error|bundle_exists|cancelled|model_\w+)$/;

/** Somebody at the command line, on the same stories. */
export interface CommandLine {
  /** What must not have been seen. */
  objections: readonly string[];
  /** Makes all that a story still misses. @returns whether that was done */
  runAll(storyId: string, lot: Lot): Promise<boolean>;
}

export function openCommandLine(stack: Stack, disturbances: Disturbances, isCalm: () => boolean): CommandLine {
  const objections: string[] = [];
  let runs = 0;

  return {
    objections,
    async runAll(storyId, lot) {
      runs += 1;
      const caller = `command-line-${runs}`;
      const run = startCli(['run-all', '--story-id', storyId, '--json'], stack.variables(caller));
      const signal = lot.pick(['SIGKILL', 'SIGINT', undefined] as const);
      if (signal !== undefined && !isCalm()) {
        await Promise.race([sleep(LEAST_MS + lot.below(LONGEST_MS)), run.ended]);
        if (run.process.exitCode === null) {
          disturbances.count(`the command line gets ${signal}`);
          await disturbances.during(caller, async () => {
            run.process.kill(signal);
            await run.ended;
          });
        }
      }
      const outcome = await run.ended;
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
