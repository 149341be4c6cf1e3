import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { shared } from '../shared.ts';
import { ensureAppIsBuilt } from './appBuild.ts';
import { makeWorkplace, type Variables, type Workplace } from './cli.ts';
import { appBuildVariables, bareEnvironment } from './processEnvironment.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SERVER = path.join(ROOT, 'apps/story-tree-ui/server.ts');
const WORKER = path.join(ROOT, 'task-worker/src/worker/main.ts');

export interface AppOptions {
  /** Where it works; a workplace of its own without. */
  place?: Workplace;
  /** Also starts a worker beside it. */
  worker?: boolean;
  variables?: Variables;
}

/** A part of the product as a process of its own. */
export interface RunningPart {
  process: ChildProcess;
  /** All that it has written so far. */
  said(): string;
  /** Asks it to end, and waits for that. @returns its exit code, null when a signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface RunningApp extends RunningPart {
  /** Without a slash at the end. */
  url: string;
  place: Workplace;
  worker: RunningPart | null;
  /** Stops everything and removes a workplace that was made for it. */
  close(): Promise<void>;
}

/** The web app as people run it: built, on a free port, with a database and folders of its own. */
export async function startApp({ place: given, worker = false, variables = {} }: AppOptions = {}): Promise<RunningApp> {
  await ensureAppIsBuilt();
  const place = given ?? (await makeWorkplace());
  const wanted = { ...place.variables, ...variables };
  const server = startPart(SERVER, { PORT: '0', ...wanted });
  const beside = worker ? startWorkerAt(place, variables) : null;
  const url = await listeningAddress(server);
  return {
    ...server,
    url,
    place,
    worker: beside,
    async close() {
      await Promise.all([server.stop(), beside?.stop()]);
      if (given === undefined) await place.remove();
    },
  };
}

/**
 * An app without a worker that all test files of a process share. It is for tests with stories of their own that do not
 * mind those of others.
 */
export const sharedApp = shared(
  () => startApp(),
  (app) => app.close(),
);

/** A worker alone, where an app has one already or has lost its own. */
export function startWorkerAt(place: Workplace, variables: Variables = {}): RunningPart {
  return startPart(WORKER, { ...place.variables, ...variables });
}

/** Starts a program of the product with no more environment than it is given. */
export function startPart(program: string, variables: Variables, args: readonly string[] = []): RunningPart {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...bareEnvironment(), ...appBuildVariables(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  }
  const ended = once(child, 'close');
  return {
    process: child,
    said: () => said,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** @throws Error with all that it said when it ends before it listens */
export async function listeningAddress({ process: child, said }: RunningPart): Promise<string> {
  const message = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('close', () => reject(new Error(`The app ended before it listened.\n${said()}`)));
  });
  if (typeof message === 'object' && message !== null && 'url' in message) return String(message.url);
  throw new Error(`The app does not say where it listens: ${JSON.stringify(message)}`);
}
