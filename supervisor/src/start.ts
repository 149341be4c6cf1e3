import process from 'node:process';
import { ERROR_CODES, toStoryTreeError } from '@story-tree/domain';
import { coloured, type Environment, explained, openMigratedDatabase, readConfiguration } from '@story-tree/runtime';
import { createStoryTasksRepository, type Database } from '@story-tree/supabase';
import type { Part } from './part.ts';
import { untilReady } from './readiness.ts';
import { runParts } from './runParts.ts';
import { stopSignals } from './stopSignals.ts';
import { createTerminal, type Terminal } from './terminal.ts';

// biome-ignore lint/style/noProcessEnv: the edge of the process; the parts read their configuration themselves
const ENVIRONMENT: NodeJS.ProcessEnv = process.env;

interface Surroundings {
  environment: Environment;
  database: Database;
  terminal: Terminal;
  signal: AbortSignal;
}

/** `npm start`: database, worker and web app together, until stopped; on the first start also the sample story. */
async function main(): Promise<number> {
  const terminal = createTerminal(process);
  const signal = stopSignals(() => {
    terminal.status(null);
    terminal.line('Stopping. What was finished is kept.');
  });
  try {
    const { environment, warnings } = readConfiguration();
    const log = (message: string) => terminal.line(message);
    for (const warning of warnings) log(coloured('yellow', `Warning: ${warning}`));
    const database = await openMigratedDatabase(environment, log);
    try {
      await runStoryTree({ environment, database, terminal, signal });
    } finally {
      await database.close();
    }
    return 0;
  } catch (thrown) {
    terminal.line(explained(thrown));
    return ERROR_CODES[toStoryTreeError(thrown).code].exit;
  }
}

async function runStoryTree(surroundings: Surroundings): Promise<void> {
  const { environment, database, terminal } = surroundings;
  const begunAfter = await createStoryTasksRepository(database.kysely).cursor();
  const ended = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, ended.signal]);
  /** Empty until the app listens for the first time. */
  let address = '';
  let ready = false;
  let welcomed: Promise<void> | null = null;

  const welcome = async () => {
    ready = await untilReady({ url: () => address, signal, onLong: terminal.line });
    if (!ready) return;
    terminal.answer(`\nStory Tree is ready: ${address}\n`);
    if (environment.STORY_TREE_SAMPLE === 'off') return;
    // Loaded once all parts have started: the queue that it asks takes as long to load as all else here.
    const { makeSample } = await import('./sample.ts');
    await makeSample({ ...surroundings, signal, url: address, begunAfter });
  };

  try {
    await runParts({
      // Started again, the app keeps its address.
      parts: storyTreeParts(() => ({ ...ENVIRONMENT, ...(address === '' ? {} : { PORT: portOf(address) }) })),
      terminal,
      verbose: environment.LOG_LEVEL === 'debug',
      signal,
      wasReady: () => ready,
      onListening(url) {
        if (ready && url !== address) terminal.answer(`Story Tree is now at ${url}`);
        address = url;
        welcomed ??= welcome();
      },
    });
  } finally {
    ended.abort();
    await welcomed;
  }
}

function portOf(url: string): string {
  return new URL(url).port || '80';
}

/** The programs that make up Story Tree. @param appEnvironment what the app runs in */
function storyTreeParts(appEnvironment: Part['environment']): Part[] {
  return [
    {
      name: 'worker',
      title: 'The worker',
      script: new URL('../../task-worker/src/worker/main.ts', import.meta.url),
      environment: () => ENVIRONMENT,
    },
    {
      name: 'app',
      title: 'The web app',
      script: new URL('../../apps/story-tree-ui/server.ts', import.meta.url),
      environment: appEnvironment,
    },
  ];
}

process.exitCode = await main();
