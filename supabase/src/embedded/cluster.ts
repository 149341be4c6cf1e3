import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { type Binaries, packagedBinaries, program } from './binaries.ts';
import { exists, makePublicDirectory, shareBinaries } from './sharedBinaries.ts';
import { findUser, runAs, runsAsRoot, type SystemUser } from './systemUser.ts';

/** Where root keeps what the unprivileged user cannot reach in the checkout. */
const SYSTEM_DIRECTORY = '/var/lib/story-tree';
const UNPRIVILEGED_USERS = ['postgres', '_postgres', 'nobody'];
/** initdb hands its own path to a shell, inside double quotes. */
const UNQUOTABLE = /["$`\\]/;

/** Everything that identifies one cluster on this machine. */
export interface Cluster {
  /** Holds all of it: data, password, port, log and lock. */
  directory: string;
  /** Unique per directory; part of the command line of each of the cluster's processes. */
  name: string;
  binaries: Binaries;
  /** Whom the cluster's processes run as; undefined for the user of this process. */
  user: SystemUser | undefined;
}

/** Where the parts of a cluster are. The data directory exists if and only if it is completely initialised. */
export function clusterFiles(cluster: Pick<Cluster, 'directory'>) {
  const inside = (name: string) => path.join(cluster.directory, name);
  return {
    data: inside('data'),
    password: inside('password'),
    port: inside('port'),
    log: inside('postgres.log'),
    lock: inside('lock'),
  };
}

/**
 * Finds, and where needed makes, the place of the cluster that belongs to `home`.
 *
 * @throws StoryTreeError `database_unavailable` where the place is not ours to write to.
 */
export async function locateCluster(home: string): Promise<Cluster> {
  const packaged = await packagedBinaries();
  const ownHome = await makeHome(home);
  const place = runsAsRoot()
    ? await placeForRoot(ownHome, packaged)
    : { directory: path.join(ownHome, 'postgres'), binaries: packaged, user: undefined };
  await makeOwned(place.directory, place.user);
  return { ...place, name: `story-tree-${hashOf(place.directory)}` };
}

async function makeHome(home: string): Promise<string> {
  try {
    await mkdir(home, { recursive: true });
    return await realpath(home);
  } catch (cause) {
    throw notOurs(home, cause);
  }
}

async function placeForRoot(home: string, packaged: Binaries): Promise<Omit<Cluster, 'name'>> {
  const checkout = packaged.directory.split(`${path.sep}node_modules${path.sep}`)[0] ?? packaged.directory;
  const system = path.join(SYSTEM_DIRECTORY, hashOf(checkout));
  const apart = path.join(system, 'homes', hashOf(home), 'postgres');
  const inHome = path.join(home, 'postgres');
  // A cluster stays where it is and belongs to whom it belongs, whatever the permissions around it have become.
  const owner = (await ownerOf(path.join(apart, 'data'))) ?? (await ownerOf(path.join(inHome, 'data')));
  const user = owner ?? (await findUser(UNPRIVILEGED_USERS));
  const staysInHome = !(await exists(path.join(apart, 'data'))) && (await mayEnter(user, home));
  const runsInPlace = await mayRun(user, packaged);
  if (!staysInHome || !runsInPlace) {
    for (const directory of [SYSTEM_DIRECTORY, system, path.join(system, 'homes'), path.dirname(apart)]) {
      await makePublicDirectory(directory);
    }
  }
  return {
    directory: staysInHome ? inHome : apart,
    binaries: runsInPlace ? packaged : await shareBinaries(packaged, system),
    user,
  };
}

async function ownerOf(directory: string): Promise<SystemUser | undefined> {
  const { uid, gid } = await stat(directory).catch(() => ({ uid: 0, gid: 0 }));
  return uid === 0 ? undefined : { uid, gid };
}

async function mayEnter(user: SystemUser, directory: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', directory])).code === 0;
}

async function mayRun(user: SystemUser, binaries: Binaries): Promise<boolean> {
  if (UNQUOTABLE.test(binaries.directory)) return false;
  return (await runAs(user, program(binaries, 'postgres'), ['--version'])).code === 0;
}

async function makeOwned(directory: string, user: SystemUser | undefined): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    if (user !== undefined) await chown(directory, user.uid, user.gid);
    await chmod(directory, 0o700);
  } catch (cause) {
    throw notOurs(directory, cause);
  }
}

/**
 * Sees to it that the cluster's programs run at all, so that a missing library is not mistaken for a failed start.
 *
 * @throws StoryTreeError `database_unavailable` where they do not.
 */
export async function checkBinaries({ binaries, user }: Cluster): Promise<void> {
  if (UNQUOTABLE.test(binaries.directory)) {
    throw new StoryTreeError(
      'database_unavailable',
      `PostgreSQL cannot run from ${binaries.directory}, because of a quote, a dollar sign, a backtick or a backslash in the path: move Story Tree, or set DATABASE_URL.`,
    );
  }
  const { code, output } = await runAs(user, program(binaries, 'postgres'), ['--version']);
  if (code === 0) return;
  throw new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL does not run on this machine (${output.trim()}): run "npm ci" again, or set DATABASE_URL.`,
  );
}

function notOurs(directory: string, cause: unknown): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `Story Tree cannot write to ${directory}: check who owns it, or set STORY_TREE_HOME to a folder of your own.`,
    { cause },
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
