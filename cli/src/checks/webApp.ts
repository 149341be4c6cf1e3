import path from 'node:path';
import process from 'node:process';
import type { Environment } from '@story-tree/runtime';
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

/** Whether the app is running where it is configured to, and whether it sees a worker. */
export async function checkWorkers({ HOST, PORT }: Environment): Promise<Finding> {
  const what = 'Workers';
  const url = `http://${hostToAsk(HOST)}:${PORT ?? DEFAULT_PORT}`;
  const workers = await askForWorkers(url);
  if (workers === null) {
    return { what, ok: true, detail: `unknown, since no app answers at ${url}; \`npm start\` starts app and worker` };
  }
  return workers > 0
    ? { what, ok: true, detail: `${workers} ready, as the app at ${url} sees it` }
    : { what, ok: false, detail: `none, as the app at ${url} sees it: tasks wait until one is started` };
}

/** An app that listens on all addresses can be asked on this machine's own. */
function hostToAsk(host = '127.0.0.1'): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** How many workers the app sees; null when no app of ours answers. */
async function askForWorkers(url: string): Promise<number | null> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const health: unknown = await response.json();
    if (typeof health !== 'object' || health === null || !('workers' in health)) return null;
    return typeof health.workers === 'number' ? health.workers : null;
  } catch {
    return null;
  }
}
