import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { type Database, ensureCluster, migrate, openDatabase } from '@story-tree/supabase';

const CHECKOUT = path.resolve(import.meta.dirname, '../../..');
const MIGRATIONS = path.join(CHECKOUT, 'supabase/migrations');
/** Which tables the queue has is said by these: by the version of BullMQ, and by what is done to its schema. */
const QUEUE_SOURCES = ['story-tasks/package.json', 'story-tasks/src/postgresBackend.ts'];
/** Held while templates are made and leftovers are dropped; the same for every worker. */
const ADVISORY_LOCK = 5_371_026_002;

/** Its `close` drops it. */
export type TestDatabase = Database;

const silent = () => undefined;

let shared: Promise<Database> | undefined;

/**
 * A database of its own with all migrations applied, and with the tables of a queue, on a cluster that all test
 * processes of this checkout share.
 *
 * The first to ask makes a template from the migrations; everybody gets a copy of it, which takes milliseconds. Closing
 * it drops it; what a killed run left behind is dropped by the next one.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = await sharedCluster();
  return create(admin, await ensureTemplate(admin));
}

/** A database of its own with nothing in it, on the same cluster. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create(await sharedCluster(), 'template0');
}

/**
 * How many statements wait for a lock in this database, leaving out the others of its cluster.
 * @param text what the statements contain, such as the name of a function
 */
export async function lockWaiters({ pool }: TestDatabase, text = ''): Promise<number> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and strpos(query, $1) > 0`,
    [text],
  );
  return rowCount ?? 0;
}

/** The connection of this process to the shared cluster. It is never closed, and thereby keeps the cluster running. */
function sharedCluster(): Promise<Database> {
  shared ??= connectToCluster();
  return shared;
}

async function connectToCluster(): Promise<Database> {
  const home = path.join(tmpdir(), `story-tree-tests-${userInfo().uid}-${hashOf(CHECKOUT).slice(0, 8)}`);
  await mkdir(home, { recursive: true });
  // Root's cluster runs as another user, who has to be able to enter.
  await chmod(home, 0o755);
  const { connectionString } = await ensureCluster({ home, log: silent });
  const admin = await openDatabase({ databaseUrl: connectionString, home, log: silent });
  // One client stays checked out for good: an idle one would be closed.
  await admin.pool.connect();
  await spareTheDisk(admin);
  return admin;
}

/** Nothing here has to survive the machine, and every `drop database` waits for all that has been written to be on the disk. */
const spareTheDisk = (admin: Database) => setDisk(admin, 'off');

/** Has the cluster wait for the disk as that of people does, for measurements; until another process of tests connects. */
export async function waitForTheDisk(): Promise<void> {
  await setDisk(await sharedCluster(), 'on');
}

async function setDisk({ pool }: Database, state: 'on' | 'off'): Promise<void> {
  await pool.query(`alter system set fsync = ${state}`);
  await pool.query(`alter system set full_page_writes = ${state}`);
  await pool.query('select pg_reload_conf()');
}

async function create(admin: Database, template: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  // Copying the files is faster than writing a log of the copy.
  await admin.pool.query(`create database ${name} template ${template} strategy file_copy`);
  const opened = await openDatabase({ databaseUrl: urlOf(admin, name), home: '', log: silent });
  const close = async () => {
    await opened.close();
    await admin.pool.query(`drop database if exists ${name} with (force)`);
  };
  return { ...opened, close };
}

/** @returns the name of the template for the migrations as they are now. */
async function ensureTemplate(admin: Database): Promise<string> {
  const template = `template_${(await hashOfSources()).slice(0, 16)}`;
  const client = await admin.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where not datistemplate');
    const names = rows.map(({ datname }) => datname);
    const hasTemplate = names.includes(template);
    const remains = names.filter((name) => isOrphan(name) || (!hasTemplate && isOldTemplate(name)));
    for (const name of remains) await client.query(`drop database if exists ${name} with (force)`);
    if (hasTemplate) return template;
    // Renamed when complete, so that a killed run leaves no half-made template.
    await client.query('create database template_unfinished template template0');
    await fillTemplate(urlOf(admin, 'template_unfinished'));
    await client.query(`alter database template_unfinished rename to ${template}`);
    return template;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    client.release();
  }
}

async function fillTemplate(connectionString: string): Promise<void> {
  await migrate({ connectionString, directory: MIGRATIONS, log: silent });
  const database = await openDatabase({ databaseUrl: connectionString, home: '', log: silent });
  // Hardly ever needed, and much to load.
  const { openStoryTaskQueue } = await import('@story-tree/story-tasks');
  const queue = await openStoryTaskQueue({ environment: {}, database, log: silent });
  await queue.close();
  await database.close();
}

function isOldTemplate(name: string): boolean {
  return name.startsWith('template_');
}

/** A database of a test process that ended without dropping it. */
function isOrphan(name: string): boolean {
  const [, pid] = /^test_(\d+)_/.exec(name) ?? [];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true;
  }
}

/** Of all that a template is made from. */
async function hashOfSources(): Promise<string> {
  const migrations = (await readdir(MIGRATIONS)).sort().map((name) => path.join(MIGRATIONS, name));
  const files = [...migrations, ...QUEUE_SOURCES.map((file) => path.join(CHECKOUT, file))];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return hashOf(JSON.stringify([files, texts]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function urlOf({ connectionString }: Database, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}
