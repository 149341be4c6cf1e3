import process from 'node:process';
import { hasRedis } from '@story-tree/testkit/worker/redisServer.ts';
import { readOptions, type TortureOptions, USAGE } from './options.ts';
import { type Ordeal, runOrdeal } from './ordeal.ts';
import { describeOrdeals, describeRound, describeViolation } from './report.ts';

/** Resolves to the exit code: 0 if every invariant held, 1 if one did not, 2 for a usage error, 130 if interrupted. */
async function main(args: readonly string[]): Promise<number> {
  let options: TortureOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupt.abort());
  try {
    const ordeals = await runOrdeals(options, interrupt.signal);
    const failed = ordeals.find(({ kept }) => kept !== null);
    if (options.json) console.log(JSON.stringify({ seed: options.seed, passed: failed === undefined, ordeals }));
    else console.log(`\n${describeOrdeals(ordeals)}${failed === undefined ? '' : `\n\n${describeViolation(failed)}`}`);
    return failed === undefined ? 0 : 1;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    console.error('Interrupted; everything has been stopped and removed.');
    return 130;
  }
}

/** Tortures one stack at a time, up to the first violation. */
async function runOrdeals(options: TortureOptions, signal: AbortSignal): Promise<Ordeal[]> {
  const { seed, rounds, minutes, troubles, json } = options;
  const say = (line: string) => (json ? console.error(line) : console.log(line));
  const backends = options.backends.filter((backend) => backend !== 'redis' || hasRedis());
  if (backends.length < options.backends.length) say('Skipped: jobs on Redis, since there is no redis-server on PATH.');
  say(`Everything random is drawn with seed ${seed}.`);
  const ordeals: Ordeal[] = [];
  for (const backend of backends) {
    const deadline = Date.now() + ((minutes ?? 0) * 60_000) / backends.length;
    const ordeal = await runOrdeal({
      ...{ backend, seed, signal },
      troublesOf: () => troubles,
      isEnough: (done) => (rounds === null ? Date.now() > deadline : done >= rounds),
      tell: (round) => say(describeRound(backend, round)),
    });
    ordeals.push(ordeal);
    if (ordeal.kept !== null) break;
  }
  return ordeals;
}

// Connections to killed servers would keep the process alive.
process.exit(await main(process.argv.slice(2)));
