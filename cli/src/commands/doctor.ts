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
  oneLine,
  openMigratedDatabase,
  places,
  storyFolders,
} from '@story-tree/runtime';
import type { Database } from '@story-tree/supabase';
import { checkAccess } from '../checks/access.ts';
import { checkDatabaseFolders } from '../checks/databaseFolders.ts';
import type { Finding } from '../checks/finding.ts';
import { throughProxy } from '../checks/proxy.ts';
import { checkQueue } from '../checks/queue.ts';
import { checkSettings } from '../checks/settings.ts';
import { checkAppBuild, checkWorkers } from '../checks/webApp.ts';
import { withCommands } from '../invocation.ts';
import type { CommandOutcome } from '../output.ts';

/**
 * Checks everything that making a story needs, and says what to do about what is missing.
 * @param folder where the command was typed
 */
export async function doctor(configuration: Configuration, folder: string): Promise<CommandOutcome> {
  const { environment } = configuration;
  const { home } = places(environment);
  const { assets, output } = storyFolders(environment);
  const database = await openMigratedDatabase(environment, () => undefined).catch(toStoryTreeError);
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

async function checkDatabase(environment: Environment, database: Database | StoryTreeError): Promise<Finding> {
  const what = environment.DATABASE_URL === undefined ? 'Embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL';
  if (database instanceof Error) return { what, ok: false, detail: database.message };
  try {
    const { rows } = await database.pool.query<{ server_version: string }>('show server_version');
    return { what, ok: true, detail: `answers, version ${rows[0]?.server_version}, all migrations applied` };
  } catch (error) {
    return { what, ok: false, detail: toStoryTreeError(error).message };
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
