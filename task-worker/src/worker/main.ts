import { once } from 'node:events';
import process from 'node:process';
import { type Log, toStoryTreeError } from '@story-tree/domain';
import { defaultMode, type Environment, modeNote, openMigratedDatabase, readEnvironment } from '@story-tree/runtime';
import { untilAvailable } from '@story-tree/story-tasks';
import pTimeout from 'p-timeout';
import { createWorkerLog, type WorkerLog } from './logging.ts';
import { type StoryTaskWorker, startWorker } from './startWorker.ts';
import { untilAborted } from './untilAborted.ts';

/** Whoever told the worker to stop kills it soon after. */
const CLOSE_MS = 3_500;

/** Works on story tasks until told to stop. @returns the exit code */
async function main(): Promise<number> {
  const write = (line: string) => void process.stdout.write(line);
  let workerLog = createWorkerLog({}, write);
  const log: Log = (...line) => workerLog.log(...line);
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  try {
    const environment = readEnvironment();
    workerLog = createWorkerLog(environment, write);
    log('info', modeNote(defaultMode(environment)));
    const opening = () => untilAvailable(() => open(environment, workerLog), { log, signal: stop.signal });
    // Whatever it waits for, it may be told to stop.
    const worker = await untilAborted(stop.signal, opening);
    log('info', 'The worker is ready.');
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    log('info', 'The worker is stopping and hands back its tasks.');
    await pTimeout(worker.close(), { milliseconds: CLOSE_MS, message: false });
    return 0;
  } catch (thrown) {
    if (thrown === stop.signal.reason) return 0;
    const { code, message } = toStoryTreeError(thrown);
    log('error', message, { code, error: thrown });
    return 1;
  }
}

/**
 * Opens the database, brings its tables up to date and starts to work.
 * @throws StoryTreeError `database_unavailable`, or what waiting cannot fix
 */
async function open(environment: Environment, { log, hide }: WorkerLog): Promise<StoryTaskWorker> {
  const database = await openMigratedDatabase(environment, (message) => log('info', message));
  try {
    hide(database.connectionString);
    const worker = await startWorker({ environment, database, log });
    return {
      async close() {
        await worker.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

// Connections to a server that is away would hold the process open.
process.exit(await main());
