import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLAYER_TEMPLATE } from '@story-tree/agent-backend';
import { toStoryTreeError } from '@story-tree/domain';
import {
  divertConsole,
  type Environment,
  readConfiguration,
  readLiveUpdates,
  readSignIn,
  type Secrets,
  type SignInSettings,
  secretsOf,
} from '@story-tree/runtime';
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
import { createOwnOrigin } from './http/ownOrigin.ts';
import { createHttpServer, type Handle, listen, stopServer } from './http/server.ts';
import { createLog, type Logger } from './log.ts';
import { openParts, type Parts } from './openParts.ts';
import { severityOf } from './severity.ts';
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
  let log = createLog(undefined, secretsOf({}));
  try {
    const { environment, warnings } = readConfiguration();
    const secrets = secretsOf(environment);
    log = createLog(environment.LOG_LEVEL, secrets);
    const logger = log;
    if (!options.dev) divertConsole((level, message, fields = {}) => logger[level](fields, message), severityOf);
    process.on('uncaughtException', (err) => {
      log.fatal({ err }, 'The app has failed and ends.');
      process.exit(1);
    });
    for (const warning of warnings) log.warn(warning);
    await serve(options, { environment, secrets, log, signal: stop.signal });
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
  secrets: Secrets;
  log: Logger;
  signal: AbortSignal;
}

async function serve({ dev, dir, build, orNextPort }: AppOptions, run: Run): Promise<void> {
  const { environment, secrets, log, signal } = run;
  if (!dev) requireBuild(path.join(dir, build));
  const host = environment.HOST ?? DEFAULT_HOST;
  const signIn = readSignIn(environment);
  const verify = signIn === null ? null : await verifierOf(signIn);
  const { STORY_TREE_PUBLIC_URL: publicUrl } = environment;
  requireLoopbackUnlessSignIn(host, verify !== null);
  const ownOrigin = createOwnOrigin(publicUrl);
  const sessions = createSessions(environment, verify, ownOrigin);
  const realtime = readLiveUpdates(environment);
  const playerPage = await loadPlayerPage(PLAYER_TEMPLATE);
  const parts = await openParts(run);
  secrets.hide(parts.database.connectionString);
  const services = composeServices({ environment, secrets, parts, sessions, realtime, playerPage, log });
  provideServices(services);

  const ready = Promise.withResolvers<Handle>();
  const server = createHttpServer({
    dev,
    handle: async (request, response) => (await ready.promise)(request, response),
    onMalformed(status) {
      services.metrics.countMalformed(status);
      log.debug({ status }, 'Answered what was no request.');
    },
  });
  const port = await listen(server, { host, port: environment.PORT ?? DEFAULT_PORT, orNext: orNextPort }, log);
  const app = createNextApp({ dev, dir, hostname: host, port, httpServer: server });
  await app.prepare();
  ready.resolve(
    createFront({
      admit: createAdmission(verify),
      ownOrigin,
      loopbackOnly: verify === null,
      policies: {
        connectTo: [...originOf(sessions.project, 'http'), ...originOf(realtime, 'ws')],
        dev,
        player: playerPage.policy,
      },
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

/** Where pages connect to a project: over HTTP to sign in, over a web socket to listen. */
function originOf(project: SupabaseProject | null, protocol: 'http' | 'ws'): string[] {
  return project === null ? [] : [new URL(project.url).origin.replace(/^http/, protocol)];
}
