import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { hasRedis } from '../tests/worker/support/redisServer.ts';
import { bundleRow } from './bundle.ts';
import { eventRows } from './events.ts';
import { type BenchResult, measure } from './measure.ts';
import { pipelineRow } from './pipeline.ts';
import { storyboardRows } from './storyboard.ts';
import { tasksOnPostgresRow, tasksOnRedisRow } from './tasks.ts';

const ROUNDS = 3;
const ROWS = [
  ...[pipelineRow(1), pipelineRow(4), pipelineRow(16)],
  ...[bundleRow(500), bundleRow(2_000)],
  ...[tasksOnPostgresRow('one after the other'), tasksOnPostgresRow('all at once')],
  ...(hasRedis() ? [tasksOnRedisRow()] : []),
  ...eventRows(),
  ...storyboardRows(),
];

/** Prints each row as a ratio within this run; `--json` prints the same for programs. Leaves with 1 below a bar. */
async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}`;
  if (!json) console.log(`${machine}; ${ROUNDS} rounds, median (lowest … highest)\n`);
  const results: BenchResult[] = [];
  for (const row of ROWS) {
    const result = await measure(row, ROUNDS);
    results.push(result);
    if (!json) console.log(line(result));
  }
  if (json) console.log(JSON.stringify({ machine, rounds: ROUNDS, results }));
  return results.every(({ meets }) => meets) ? 0 : 1;
}

function line({ name, baseline, bar, median, lowest, highest, meets }: BenchResult): string {
  const spread = `(${lowest.toFixed(2)} … ${highest.toFixed(2)})`;
  return `${meets ? '✓' : '✗'} ${name}: ${median.toFixed(2)} × ${spread}, bar ${bar} ×; against ${baseline}`;
}

// The connection that keeps the tests' cluster alive is never closed, so the end has to be said.
process.exit(await main(process.argv.slice(2)));
