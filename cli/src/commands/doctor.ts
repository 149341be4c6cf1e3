import { access, constants } from 'node:fs/promises';
import process from 'node:process';
import { PLAYER_TEMPLATE, requireWritableFolder } from '@story-tree/agent-backend';
import { DEFAULT_BASE_URL } from '@story-tree/agent-backend/gemini';
import { type StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import {
  type Configuration,
  coloured,
  defaultMode,
  type Environment,
  explained,
  oneLine,
  openMigratedDatabase,
  places,
  storyFolders,
} from '@story-tree/runtime';
import { untilAvailable } from '@story-tree/story-tasks/untilAvailable';
import type { Database } from '@story-tree/supabase';
import { checkAccess } from '../checks/access.ts';
import { checkDatabaseFolders } from '../checks/databaseFolders.ts';
import type { Finding } from '../checks/finding.ts';
import { checkLiveUpdates } from '../checks/liveUpdates.ts';
import { throughProxy } from '../checks/proxy.ts';
import { checkQueue } from '../checks/queue.ts';
import { checkSettings } from '../checks/settings.ts';
import { checkSignInKeys } from '../checks/signInKeys.ts';
import { checkAppBuild, checkWorkers } from '../checks/webApp.ts';
import { withCommands } from '../invocation.ts';
import type { CommandOutcome } from '../output.ts';

/** Whoever asks what is wrong wants to hear who is migrating, not to wait for it. */
const MIGRATION_WAIT_MS = 5_000;

/**
 * Checks everything that making a story needs, and says what to do about what is missing.
 * @param folder where the command was typed
 * @throws the signal's reason, while the database is waited for
 */
export async function doctor(
  configuration: Configuration,
  folder: string,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  const { environment } = configuration;
  const { home } = places(environment);
  const { assets, output } = storyFolders(environment);
  const database = await openOrExplain(environment, signal);
  const opened = database instanceof Error ? null : database;
  try {
    const findings = [
      node(),
      await checkDatabase(environment, database),
      ...(await checkDatabaseFolders(environment, home)),
      await checkFolder(assets),
      await checkFolder(output),
      await readable('Player page', PLAYER_TEMPLATE),
      models(environment),
      await checkQueue(environment.REDIS_URL),
      await checkWorkers(environment, opened),
      checkAccess(environment),
      ...(await checkSignInKeys(environment)),
      checkLiveUpdates(environment),
      checkAppBuild(),
      ...checkSettings(configuration),
    ];
    return {
      ...(findings.every(({ ok }) => ok) ? {} : { failure: { exit: 1 } }),
      result: { findings },
      lines: findings.map(
        (finding) => `${mark(finding)} ${finding.what}: ${withCommands(folder, oneLine(finding.detail))}`,
      ),
    };
  } finally {
    await opened?.close();
  }
}

function mark({ ok, open }: Finding): string {
  if (open) return coloured('yellow', '?');
  return ok ? coloured('green', '✓') : coloured('red', '✗');
}

function node(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return { what: 'Node', ok: major >= 24, detail: `${process.version}${major >= 24 ? '' : ', but 24 is needed'}` };
}

/** The database, or why it cannot serve. */
async function openOrExplain(environment: Environment, signal: AbortSignal): Promise<Database | StoryTreeError> {
  const silent = () => undefined;
  const wait = { signal, patienceMs: MIGRATION_WAIT_MS };
  try {
    const open = () => openMigratedDatabase(environment, silent, wait);
    return await untilAvailable(open, { log: silent, signal, patienceMs: 0 });
  } catch (error) {
    signal.throwIfAborted();
    return toStoryTreeError(error);
  }
}

async function checkDatabase(environment: Environment, database: Database | StoryTreeError): Promise<Finding> {
  const what = environment.DATABASE_URL === undefined ? 'Embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL';
  if (database instanceof Error) return { what, ok: false, detail: explained(database) };
  try {
    const { rows } = await database.pool.query<{ server_version: string }>('show server_version');
    return { what, ok: true, detail: `answers, version ${rows[0]?.server_version}, all migrations applied` };
  } catch (error) {
    return { what, ok: false, detail: explained(error) };
  }
}

async function checkFolder(wanted: ReturnType<typeof storyFolders>['assets']): Promise<Finding> {
  const what = wanted.what.replace(/^The folder/, 'Folder');
  try {
    await requireWritableFolder(wanted);
    return { what, ok: true, detail: wanted.folder };
  } catch (error) {
    return { what, ok: false, detail: toStoryTreeError(error).message };
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
