import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '@story-tree/runtime';
import type { Database } from '@story-tree/supabase';
import { buildFolder, readBuild } from '../../../launcher/appBuild.mjs';
import { wantedAppStamp } from '../../../launcher/appStamp.mjs';
import type { Finding } from './finding.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

const ANSWER_WITHIN_MS = 2_000;
const DEFAULT_PORT = 3000;

/** Whether the web app has been built, and all of its build is there. */
export function checkAppBuild(root = ROOT): Finding {
  const what = 'Web app';
  const build = readBuild(buildFolder(root, {}));
  if (build === undefined) return { what, ok: true, detail: 'not built yet; `npm start` builds it' };
  if (build.missing !== undefined) {
    return { what, ok: false, detail: `damaged, since ${build.missing} is missing: \`npm run build\` builds it again` };
  }
  const isCurrent = build.stamp === wantedAppStamp(root, process.version);
  return {
    what,
    ok: true,
    detail: isCurrent ? 'built' : 'built from other sources than these; `npm start` builds it again',
  };
}

/** How many workers there are, as the queue knows them; without a queue to ask, nobody does. */
export async function checkWorkers(environment: Environment, database: Database | null): Promise<Finding> {
  const what = 'Workers';
  const workers = database === null ? null : await countWorkers(environment, database);
  if (workers === null) {
    return { what, ok: true, open: true, detail: 'not checked, since the database or the queue does not answer' };
  }
  if (workers > 0) return { what, ok: true, detail: workers === 1 ? 'one is ready' : `${workers} are ready` };
  const isWaitedFor = await appAnswers(environment);
  const detail = 'none is running, and tasks wait until one is: `npm start` starts the app with a worker';
  return isWaitedFor ? { what, ok: false, detail } : { what, ok: true, open: true, detail };
}

async function countWorkers(environment: Environment, database: Database): Promise<number | null> {
  // Loaded here alone: BullMQ and ioredis take longer to load than most commands take.
  const { openStoryTaskQueue } = await import('@story-tree/story-tasks');
  try {
    const queue = await openStoryTaskQueue({ environment, database, log: () => undefined });
    try {
      return await Promise.race([queue.workers(), sleep(ANSWER_WITHIN_MS, null, { ref: false })]);
    } finally {
      await queue.close();
    }
  } catch {
    return null;
  }
}

/** Whether the app is there, for which a missing worker is a fault. */
async function appAnswers({ HOST, PORT }: Environment): Promise<boolean> {
  try {
    const url = `http://${hostToAsk(HOST)}:${PORT ?? DEFAULT_PORT}/api/health`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const health: unknown = await response.json();
    return typeof health === 'object' && health !== null && 'workers' in health;
  } catch {
    return false;
  }
}

/** An app that listens on all addresses can be asked on this machine's own. */
function hostToAsk(host = '127.0.0.1'): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
