import { access, constants, mkdir } from 'node:fs/promises';
import process from 'node:process';
import { PLAYER_TEMPLATE } from '@story-tree/agent-backend';
import { DEFAULT_BASE_URL } from '@story-tree/agent-backend/gemini';
import {
  type Configuration,
  coloured,
  defaultMode,
  type Environment,
  explained,
  oneLine,
  places,
} from '@story-tree/runtime';
import { migrate, openDatabase } from '@story-tree/supabase';
import { checkAccess } from '../checks/access.ts';
import { checkDatabaseFolders } from '../checks/databaseFolders.ts';
import type { Finding } from '../checks/finding.ts';
import { throughProxy } from '../checks/proxy.ts';
import { checkQueue } from '../checks/queue.ts';
import { checkSettings } from '../checks/settings.ts';
import { checkAppBuild, checkWorkers } from '../checks/webApp.ts';
import type { CommandOutcome } from '../output.ts';

/** Checks everything that making a story needs, and says what to do about what is missing. */
export async function doctor(configuration: Configuration): Promise<CommandOutcome> {
  const { environment } = configuration;
  const { home, assets, output } = places(environment);
  const findings = [
    node(),
    await database(environment, home),
    ...(await checkDatabaseFolders(environment, home)),
    await writable('Folder for pictures and voices', assets),
    await writable('Folder for bundles', output),
    await readable('Player page', PLAYER_TEMPLATE),
    models(environment),
    await checkQueue(environment.REDIS_URL),
    await checkWorkers(environment),
    checkAccess(environment),
    checkAppBuild(),
    ...checkSettings(configuration),
  ];
  return {
    ...(findings.every(({ ok }) => ok) ? {} : { failure: { exit: 1 } }),
    result: { findings },
    lines: findings.map(
      ({ what, ok, detail }) => `${coloured(ok ? 'green' : 'red', ok ? '✓' : '✗')} ${what}: ${oneLine(detail)}`,
    ),
  };
}

function node(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return { what: 'Node', ok: major >= 24, detail: `${process.version}${major >= 24 ? '' : ', but 24 is needed'}` };
}

async function database(environment: Environment, home: string): Promise<Finding> {
  const embedded = environment.DATABASE_URL === undefined;
  const what = embedded ? 'Embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL';
  try {
    const opened = await openDatabase({ databaseUrl: environment.DATABASE_URL, home, log: () => undefined });
    try {
      await migrate({ connectionString: opened.connectionString, log: () => undefined });
      const { rows } = await opened.pool.query<{ server_version: string }>('show server_version');
      return { what, ok: true, detail: `answers, version ${rows[0]?.server_version}, all migrations applied` };
    } finally {
      await opened.close();
    }
  } catch (error) {
    return { what, ok: false, detail: explained(error) };
  }
}

async function writable(what: string, folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { what, ok: true, detail: folder };
  } catch {
    return {
      what,
      ok: false,
      detail: `${folder} is not writable: create it and give yourself write access`,
    };
  }
}

async function readable(what: string, file: string): Promise<Finding> {
  try {
    await access(file, constants.R_OK);
    return { what, ok: true, detail: 'there' };
  } catch {
    return { what, ok: false, detail: `${file} is missing: restore it from the repository` };
  }
}

function models(environment: Environment): Finding {
  const real = defaultMode(environment) === 'real';
  const address = environment.GEMINI_BASE_URL ?? DEFAULT_BASE_URL;
  const at = environment.GEMINI_BASE_URL ? ` at ${new URL(address).host}` : '';
  return {
    what: 'Models',
    ok: true,
    detail: real
      ? `Gemini${at}${throughProxy(address, environment)}, with the key in GEMINI_API_KEY`
      : 'stub mode, which needs no key; set GEMINI_API_KEY for stories of your own',
  };
}
