import { once } from 'node:events';
import process from 'node:process';
import { toStoryTreeError } from '@story-tree/domain';
import { readEnvironment } from '@story-tree/runtime';
import { createWorkerLog } from './logging.ts';
import { startUp } from './startUp.ts';
import { withinTime } from './withinTime.ts';

/** Whoever told the worker to stop kills it soon after. */
const CLOSE_MS = 3_500;

/** Works on story tasks until told to stop. @returns the exit code */
async function main(): Promise<number> {
  const write = (line: string) => void process.stdout.write(line);
  let { log, hide } = createWorkerLog({}, write);
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  try {
    const environment = readEnvironment();
    ({ log, hide } = createWorkerLog(environment, write));
    const started = await startUp({ environment, log, hide, signal: stop.signal });
    if (started === null) return 0;
    log('info', 'The worker is ready.');
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    log('info', 'The worker stops and hands back its tasks.');
    await withinTime(CLOSE_MS, started.close());
    return 0;
  } catch (thrown) {
    const { code, message } = toStoryTreeError(thrown);
    log('error', message, { code, error: thrown });
    return 1;
  }
}

// Connections to a server that is away would hold the process open.
process.exit(await main());
