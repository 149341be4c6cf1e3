import { once } from 'node:events';
import process from 'node:process';
import { type Log, toStoryTreeError } from '@story-tree/domain';
import {
  defaultMode,
  divertConsole,
  type Environment,
  modeNote,
  openMigratedDatabase,
  readConfiguration,
  type Secrets,
  secretsOf,
} from '@story-tree/runtime';
import { untilAvailable } from '@story-tree/story-tasks';
import pTimeout from 'p-timeout';
import { createWorkerLog } from './logging.ts';
import { type StoryTaskWorker, startWorker } from './startWorker.ts';

/** Whoever told the worker to stop kills it soon after. */
const CLOSE_MS = 3_500;

/** Works on story tasks until told to stop. @returns the exit code */
async function main(): Promise<number> {
  // The stream itself, also when what libraries write to it becomes lines of the log.
  const write = process.stdout.write.bind(process.stdout);
  let log = createWorkerLog(undefined, secretsOf({}), write);
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  try {
    const { environment, warnings } = readConfiguration();
    const secrets = secretsOf(environment);
    log = createWorkerLog(environment.LOG_LEVEL, secrets, write);
    divertConsole(log, (error) => ({ level: 'error', fields: { error } }));
    process.on('uncaughtException', (error) => {
      log('error', 'The worker has failed and ends.', { error });
      process.exit(1);
    });
    for (const warning of warnings) log('warn', warning);
    log('info', modeNote(defaultMode(environment)));
    const opening = { environment, log, secrets, signal: stop.signal };
    const worker = await untilAvailable(() => open(opening), opening);
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

interface Opening {
  environment: Environment;
  log: Log;
  secrets: Secrets;
  signal: AbortSignal;
}

/**
 * Opens the database, brings its tables up to date and starts to work.
 * @throws StoryTreeError `database_unavailable`, or what waiting cannot fix
 */
async function open({ environment, log, secrets, signal }: Opening): Promise<StoryTaskWorker> {
  const database = await openMigratedDatabase(environment, (message) => log('info', message), { signal });
  try {
    secrets.hide(database.connectionString);
    const worker = await startWorker({ environment, database, log, secrets });
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
