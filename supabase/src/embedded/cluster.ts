import { access, chmod, chown, constants, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain/errors';
import { checkoutFolder, makePublicDirectory } from './binaries.ts';
import { cannotWrite } from './diskTrouble.ts';
import { exists, lstatIfThere, statIfThere } from './files.ts';
import { choosePlace, findPlaces, foldersAbove, hashOf, type Place, type Places } from './places.ts';
import { closedFolder, findUser, nameOf, runsAsRoot, type SystemUser } from './systemUser.ts';

/** Everything that identifies one cluster on this machine. */
export interface Cluster {
  /** Real path of the home whose cluster it is. */
  home: string;
  /** Holds all of it. Only `data` in it belongs to `user`. */
  directory: string;
  /** Unique per directory; what PostgreSQL calls itself. */
  name: string;
  /** The user that the cluster's processes run as; undefined for the user of this process. */
  user: SystemUser | undefined;
  /** The user who has to do everything, where root uses somebody else's home; see `actAs.ts`. */
  actor: SystemUser | undefined;
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
    serverLock: inside('server.lock'),
  };
}

/**
 * Finds the cluster of a home: where its data is, or where that is going to be. Only a home without any data lets the
 * permissions of the moment decide.
 *
 * @throws StoryTreeError `database_unavailable` where there is data that cannot be used, with what to do about it.
 */
export async function locateCluster(home: string): Promise<Cluster> {
  const places = await placesOf(home);
  const place = await choosePlace(places);
  const found = place === undefined ? await newPlace(places) : await usablePlace(places, place);
  return { home: places.home, actor: undefined, ...found, name: `story-tree-${hashOf(found.directory)}` };
}

type Found = Pick<Cluster, 'directory' | 'user'> & Partial<Pick<Cluster, 'actor'>>;

/** Where the cluster of a home may be, the home being made where missing. */
export async function placesOf(home: string): Promise<Places> {
  return findPlaces(await makeHome(home), await checkoutFolder());
}

async function makeHome(home: string): Promise<string> {
  try {
    await makeFolders(path.resolve(home));
    return await realpath(home);
  } catch (cause) {
    throw cannotWrite(home, cause);
  }
}

/** Step by step: where no folder can be created, as in `/proc`, Node's own `recursive` tries for ever. */
async function makeFolders(folder: string): Promise<void> {
  const isThere = async () => (await statIfThere(folder))?.isDirectory() === true;
  if (await isThere()) return;
  if (path.dirname(folder) !== folder) await makeFolders(path.dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    if (!(await isThere())) throw error;
  });
}

async function newPlace({ home, inHome, apart }: Places): Promise<Found> {
  if (!runsAsRoot()) return { directory: inHome, user: undefined };
  const { uid, gid } = await stat(home);
  if (uid !== 0) return { directory: inHome, user: undefined, actor: { uid, gid } };
  const user = await findUser();
  return { directory: (await closedFolder(user, home)) === undefined ? inHome : apart, user };
}

async function usablePlace(places: Places, place: Place): Promise<Found> {
  if (runsAsRoot()) return usableForRoot(places, place);
  const { directory, owner } = place;
  if (owner === undefined) throw closedToUs(directory);
  if (owner.uid !== (process.getuid?.() ?? owner.uid)) throw await belongsTo(owner.uid, directory);
  const { R_OK, W_OK, X_OK } = constants;
  await access(clusterFiles({ directory }).data, R_OK | W_OK | X_OK).catch(() => Promise.reject(closedToUs(directory)));
  return { directory, user: undefined };
}

async function usableForRoot({ home, inHome }: Places, { directory, owner }: Place): Promise<Found> {
  const { uid } = await stat(home);
  if (directory === inHome && uid !== 0) {
    if (owner === undefined) throw closedToUs(directory);
    if (owner.uid !== uid) throw await belongsToStranger(uid, directory);
    return { directory, user: undefined, actor: owner };
  }
  if ((await stat(directory)).uid !== 0) await refuseLink(clusterFiles({ directory }).data);
  if (owner === undefined) throw closedToUs(directory);
  if (owner.uid === 0) throw belongsToRoot(directory);
  return { directory, user: owner };
}

/**
 * Makes the cluster's folder, or takes it over from a release that gave all of it to the database's user. Afterwards that
 * user can change nothing in it but `data`, so no name in it leads anywhere else than it seems to.
 *
 * @throws StoryTreeError `database_unavailable` where that is impossible.
 */
export async function prepareFolder(cluster: Cluster): Promise<void> {
  const { directory, home, user } = cluster;
  if (user !== undefined && path.dirname(directory) === home) await refuseOpenHome(home, user);
  let isTakenOver = false;
  try {
    if (user !== undefined && path.dirname(directory) !== home && !(await exists(directory))) {
      for (const folder of foldersAbove(directory)) await makePublicDirectory(folder);
    }
    await mkdir(directory, { recursive: true });
    isTakenOver = user !== undefined && (await stat(directory)).uid !== 0;
    if (isTakenOver) await chown(directory, 0, 0);
    await chmod(directory, user === undefined ? 0o700 : 0o711);
  } catch (cause) {
    throw cannotWrite(directory, cause);
  }
  if (user === undefined) return;
  const { data, ...ours } = clusterFiles(cluster);
  // Checked again, now that nobody can put one there.
  if (isTakenOver) await refuseLink(data);
  for (const file of Object.values(ours)) await takeOver(file);
  // SQLite would make it readable, and whoever may read a file may lock it.
  await writeFile(ours.lock, '', { flag: 'a', mode: 0o600 });
}

async function refuseLink(file: string): Promise<void> {
  if ((await lstatIfThere(file))?.isSymbolicLink()) throw planted(file);
}

async function takeOver(file: string): Promise<void> {
  const found = await lstatIfThere(file);
  if (found === undefined || (found.isFile() && found.nlink === 1 && found.uid === 0)) return;
  if (!found.isFile() || found.nlink !== 1) throw planted(file);
  await chown(file, 0, 0);
  await chmod(file, 0o600);
}

function planted(file: string): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `${file} is a link or not a plain file, in a folder that the database's user could write to: replace it with the file that it stands for, or remove it.`,
  );
}

/** In a home that the database's user may write to, it could put another folder in the cluster's place. */
async function refuseOpenHome(home: string, user: SystemUser): Promise<void> {
  const { mode, gid } = await stat(home);
  const others = (mode & 0o002) === 0 ? '' : 'o';
  const group = (mode & 0o020) === 0 || gid !== user.gid ? '' : 'g';
  if (others + group === '') return;
  throw new StoryTreeError(
    'database_unavailable',
    `The database's user may write to ${home}, which is not safe when root starts it: run "chmod ${group}${others}-w" on that folder, then try again.`,
  );
}

/** @throws StoryTreeError `database_unavailable` where the cluster's user cannot get to it, naming the folder in the way. */
export async function checkReach({ directory, user }: Cluster): Promise<void> {
  const closed = user && (await closedFolder(user, directory));
  if (user === undefined || closed === undefined) return;
  throw new StoryTreeError(
    'database_unavailable',
    `The database in ${directory} runs as ${await nameOf(user.uid)}, who may not enter ${closed}: run "chmod o+x" on that folder, then try again.`,
  );
}

function closedToUs(directory: string): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `There is a database in ${directory} that cannot be read from here: check who owns it and who may enter it, or start Story Tree as root.`,
  );
}

async function belongsTo(uid: number, directory: string): Promise<StoryTreeError> {
  return new StoryTreeError(
    'database_unavailable',
    `The database in ${directory} belongs to ${await nameOf(uid)}: start Story Tree as that user or as root, or set STORY_TREE_HOME to a folder of your own.`,
  );
}

/** In such a folder, the home's owner could redirect whatever root does. */
async function belongsToStranger(uid: number, directory: string): Promise<StoryTreeError> {
  const owner = await nameOf(uid);
  return new StoryTreeError(
    'database_unavailable',
    `The database in ${directory} does not belong to ${owner}, whose home it is in: give it to that user with "chown -hR ${owner} ${directory}" while nothing uses it, then try again.`,
  );
}

function belongsToRoot(directory: string): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The database in ${directory} belongs to root, and PostgreSQL does not run as root: give the folder "data" in it back to its user with "chown -hR".`,
  );
}
