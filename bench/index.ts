import { availableParallelism, cpus } from 'node:os';
import process from 'node:process';
import { waitForTheDisk } from '@story-tree/testkit/database/database.ts';
import { hasRedis } from '@story-tree/testkit/worker/redisServer.ts';
import { bundleRow } from './bundle.ts';
import { eventRows } from './events.ts';
import { scriptGrowthRow } from './growth.ts';
import { type BenchResult, measure } from './measure.ts';
import { memoryRow } from './memory.ts';
import { largeRow, longTailedRow, steadyRow } from './pipeline.ts';
import { rateLimitedRow } from './rateLimit.ts';
import { storyboardRows } from './storyboard.ts';
import { tasksAgainstPgBossRow, tasksOnPostgresRow, tasksOnRedisRow } from './tasks.ts';

const ROUNDS = 3;
const ROWS = [
  ...[steadyRow(1), steadyRow(4), steadyRow(8), steadyRow(16), largeRow(8)],
  ...[longTailedRow(4), longTailedRow(8), rateLimitedRow()],
  ...[scriptGrowthRow(), memoryRow()],
  ...[bundleRow(500), bundleRow(2_000)],
  ...[tasksOnPostgresRow('one after the other'), tasksOnPostgresRow('all at once')],
  ...[tasksAgainstPgBossRow('one after the other'), tasksAgainstPgBossRow('all at once')],
  ...(hasRedis() ? [tasksOnRedisRow()] : []),
  ...eventRows(),
  ...storyboardRows(),
];

/**
 * Measures each row and prints it as a ratio to a baseline of the same run; `--json` prints one JSON object for programs.
 * Any other argument selects the rows whose name or baseline contains it. Exits with 1 if a bar is not met, with 2 if no
 * row matches.
 */
async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const parts = args.filter((arg) => arg !== '--json');
  const rows = ROWS.filter(({ name, baseline }) => parts.every((part) => `${name}; ${baseline}`.includes(part)));
  if (rows.length === 0) {
    console.error(
      `No row matches. The rows are:\n${ROWS.map(({ name, baseline }) => `  ${name}; ${baseline}`).join('\n')}`,
    );
    return 2;
  }
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}`;
  if (!json) console.log(`${machine}; ${ROUNDS} rounds unless noted otherwise, median (lowest … highest)\n`);
  await waitForTheDisk();
  const results: BenchResult[] = [];
  for (const row of rows) {
    const result = await measure(row, ROUNDS);
    results.push(result);
    if (!json) console.log(line(result));
  }
  if (json) console.log(JSON.stringify({ machine, rounds: ROUNDS, results }));
  return results.every(({ meets }) => meets) ? 0 : 1;
}

function line({ name, baseline, bar, median, lowest, highest, ratios, meets }: BenchResult): string {
  const spread = ratios.length === 1 ? '(one round)' : `(${lowest.toFixed(2)} … ${highest.toFixed(2)})`;
  const verdict = meets ? '' : ', not met yet';
  return `${meets ? '✓' : '✗'} ${name}: ${median.toFixed(2)} × ${spread}, bar ${bar} ×${verdict}; against ${baseline}`;
}

// The connection that keeps the test cluster alive is never closed, so the process has to exit explicitly.
process.exit(await main(process.argv.slice(2)));
