import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLAYER_TEMPLATE } from '@story-tree/agent-backend';
import { toStoryTreeError } from '@story-tree/domain';
import { type Environment, readEnvironment, readSignIn, type SignInSettings } from '@story-tree/runtime';
import { type AppServices, provideServices, type SupabaseProject } from '../services/index.ts';
import { createAdmission } from './auth/access.ts';
import { createSessions } from './auth/sessions.ts';
import type { TokenVerifier } from './auth/tokens.ts';
import { loadPlayerPage } from './bundles/playerPage.ts';
import { composeServices } from './composeServices.ts';
import { requireBuild } from './front/build.ts';
import { createFront } from './front/front.ts';
import { createNextApp, routerStateReader } from './front/nextApp.ts';
import { limitRequests } from './front/requestLimit.ts';
import { createRequestLog } from './front/requestLog.ts';
import { localUrl, requireLoopbackUnlessSignIn } from './http/loopback.ts';
import { createHttpServer, type Handle, listen, stopServer } from './http/server.ts';
import { createLog, type Logger } from './log.ts';
import { openParts, type Parts } from './openParts.ts';
import { STREAMS_PER_CALLER } from './story-tasks/taskStreams.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 3000;
/** How long stopping may take, in milliseconds. */
const STOP_MS = 1_800;

export interface AppOptions {
  /** Builds on demand, for people who work on the app. */
  dev: boolean;
  /** The folder of the app. */
  dir: string;
  /** The folder of its build, within its own. */
  build: string;
  /** Listens on the next free port if the wanted one is taken. */
  orNextPort: boolean;
}

/** Runs the app until it is told to stop. @returns the exit code */
export async function runApp(options: AppOptions): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  let log = createLog(undefined);
  try {
    const environment = readEnvironment();
    log = createLog(environment.LOG_LEVEL);
    await serve(options, { environment, log, signal: stop.signal });
    return 0;
  } catch (thrown) {
    if (stop.signal.aborted) return 0;
    const { code, message, cause } = toStoryTreeError(thrown);
    log.fatal(code === 'internal' ? { code, err: cause ?? thrown } : { code }, message);
    return 1;
  }
}

interface Run {
  environment: Environment;
  log: Logger;
  signal: AbortSignal;
}

async function serve({ dev, dir, build, orNextPort }: AppOptions, run: Run): Promise<void> {
  const { environment, log, signal } = run;
  if (!dev) requireBuild(path.join(dir, build));
  const host = environment.HOST ?? DEFAULT_HOST;
  const signIn = readSignIn(environment);
  const verify = signIn === null ? null : await verifierOf(signIn);
  requireLoopbackUnlessSignIn(host, verify !== null);
  const sessions = createSessions(environment, verify);
  const playerPage = await loadPlayerPage(PLAYER_TEMPLATE);
  const parts = await openParts(run);
  const services = composeServices({ environment, parts, sessions, playerPage, log });
  provideServices(services);

  const ready = Promise.withResolvers<Handle>();
  const server = createHttpServer(dev, async (request, response) => (await ready.promise)(request, response));
  const port = await listen(server, { host, port: environment.PORT ?? DEFAULT_PORT, orNext: orNextPort }, log);
  const app = createNextApp({ dev, dir, hostname: host, port, httpServer: server });
  await app.prepare();
  ready.resolve(
    createFront({
      admit: createAdmission(verify),
      loopbackOnly: verify === null,
      policies: { connectTo: originsOf(sessions.project), dev, player: playerPage.policy },
      readRouterState: routerStateReader(),
      observers: [services.metrics.observe, createRequestLog(log)],
      explain: services.explain,
      handle: limitRequests(app.getRequestHandler(), environment.STORY_TREE_LIMIT_STREAMS ?? STREAMS_PER_CALLER),
    }),
  );
  announce(localUrl(host, port), log);
  if (!signal.aborted) await once(signal, 'abort');
  log.info('Stopping.');
  await Promise.race([close({ server, services, parts }), sleep(STOP_MS)]);
}

/** Loaded only where people sign in: nothing else here reads tokens. */
async function verifierOf(signIn: SignInSettings): Promise<TokenVerifier> {
  const { createTokenVerifier } = await import('./auth/tokens.ts');
  return createTokenVerifier(signIn);
}

function announce(url: string, log: Logger): void {
  log.info({ type: 'listening', url }, `Story Tree is ready: ${url}`);
  process.send?.({ type: 'listening', url });
}

/** Streams first: they would keep the server open. */
async function close({ server, services, parts }: { server: Server; services: AppServices; parts: Parts }) {
  services.streams.closeAll();
  await stopServer(server);
  await parts.close();
}

/** Where pages connect to sign in and to listen: over HTTP and over a web socket. */
function originsOf(project: SupabaseProject | null): string[] {
  if (project === null) return [];
  const { origin } = new URL(project.url);
  return [origin, origin.replace(/^http/, 'ws')];
}
