import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BACKENDS, type Backend } from '@story-tree/testkit/worker/workshop.ts';
import { TROUBLES } from './trouble/all.ts';

const NAMES = TROUBLES.map(({ name }) => name);
const LONGEST_NAME = Math.max(...NAMES.map(({ length }) => length));

export const USAGE = `Usage: npm run torture -- [--seed N] [--rounds N | --minutes M] [--backend postgres|redis|both]
                              [--trouble NAME ...] [--json]

  --seed N      repeats the troubles of an earlier run; by default a random seed, which is printed
  --rounds N    rounds on each backend; 3 by default
  --minutes M   as many rounds as fit into this time, on all backends together
  --backend     where the jobs are: postgres, redis or both; both by default
  --trouble     makes this trouble in every round, instead of random ones; may be repeated, and the order counts.
                Troubles of the disk are made at the same time as all others; those that do not apply to a backend
                are skipped
  --json        prints one JSON object for programs

Troubles:
${TROUBLES.map(({ name, kind }) => `  ${name.padEnd(LONGEST_NAME)}  ${kind}`).join('\n')}`;

const ROUNDS = 3;
const MOST_SEEDS = 1_000_000;

export interface TortureOptions {
  seed: number;
  /** On each backend; null if the time decides. */
  rounds: number | null;
  minutes: number | null;
  backends: readonly Backend[];
  /** By name; empty if they are drawn at random. */
  troubles: readonly string[];
  json: boolean;
  help: boolean;
}

/** @throws Error with a sentence for the user */
export function readOptions(args: readonly string[]): TortureOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      rounds: { type: 'string' },
      minutes: { type: 'string' },
      backend: { type: 'string', default: 'both' },
      trouble: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { seed, rounds, minutes, backend, trouble: troubles, json, help } = values;
  if (rounds !== undefined && minutes !== undefined) throw new Error('Choose one of --rounds and --minutes.');
  const backends = backend === 'both' ? BACKENDS : BACKENDS.filter((one) => one === backend);
  if (backends.length === 0) throw new Error('--backend takes postgres, redis or both.');
  const unknown = troubles.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`--trouble takes one of the names that --help lists, not ${unknown}.`);
  return {
    seed: wholeNumber('seed', seed) ?? randomInt(1, MOST_SEEDS),
    rounds: minutes === undefined ? (wholeNumber('rounds', rounds) ?? ROUNDS) : null,
    minutes: wholeNumber('minutes', minutes) ?? null,
    ...{ backends, troubles, json, help },
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new Error(`--${name} takes a whole number, 1 or greater.`);
}
