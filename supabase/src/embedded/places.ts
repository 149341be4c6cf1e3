import { createHash } from 'node:crypto';
import { glob, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain/errors';
import { lstatIfThere, readSmallFile, statIfThere } from './files.ts';
import { runsAsRoot, type SystemUser } from './systemUser.ts';

/** Where root keeps what the database's user cannot reach in the checkout. */
const SYSTEM_DIRECTORY = '/var/lib/story-tree';
/** In a home: the folder of its cluster, which is how a later start knows that there is one. */
const RECORD = 'database-folder';
/** Beside a cluster that is apart: the home that it belongs to. */
const HOME_OF_CLUSTER = 'home';

/** A folder that holds a cluster's data. */
export interface Place {
  directory: string;
  /** Whose the data is; undefined where that cannot be seen from here. */
  owner: SystemUser | undefined;
}

/** Where the cluster of a home may be, and where there is one. Nothing is made or changed by looking. */
export interface Places {
  home: string;
  inHome: string;
  apart: string;
  /** What the home's record says. */
  recorded: string | undefined;
  holding: Place[];
}

/** Everything that root keeps outside of a checkout for it. */
export function systemDirectory(checkout: string): string {
  return path.join(SYSTEM_DIRECTORY, hashOf(checkout));
}

/** The folders from `/var/lib` down to the one that holds a cluster which is apart. */
export function foldersAbove(apart: string): string[] {
  const homes = path.dirname(path.dirname(apart));
  return [SYSTEM_DIRECTORY, path.dirname(homes), homes, path.dirname(apart)];
}

/** Looks for the cluster of a home in every place where one could be. @param home its real path. */
export async function findPlaces(home: string, checkout: string): Promise<Places> {
  const inHome = path.join(home, 'postgres');
  const apart = path.join(systemDirectory(checkout), 'homes', hashOf(home), 'postgres');
  const recorded = await readRecord(home);
  const candidates = [...new Set([inHome, apart, ...(recorded === undefined ? [] : [recorded])])];
  const looked = await Promise.all(candidates.map(look));
  return { home, inHome, apart, recorded, holding: looked.filter((place) => place !== undefined) };
}

async function look(directory: string): Promise<Place | undefined> {
  const data = path.join(directory, 'data');
  try {
    if ((await lstatIfThere(data)) === undefined) return undefined;
    const { uid, gid } = await stat(data);
    return { directory, owner: { uid, gid } };
  } catch {
    // Closed to us, or a link to a disk that is not there: in any case no reason to create another database.
    return { directory, owner: undefined };
  }
}

/** @throws StoryTreeError `database_unavailable` when there is a record that cannot be used. */
async function readRecord(home: string): Promise<string | undefined> {
  const file = path.join(home, RECORD);
  const record = await readSmallFile(file).catch((cause: unknown) => {
    const message = `${file}, which says where the database is, cannot be read: give yourself the right to read it.`;
    throw new StoryTreeError('database_unavailable', message, { cause });
  });
  // In somebody else's home, root does not follow a record.
  if (record === undefined || (runsAsRoot() && record.uid !== 0)) return undefined;
  return path.resolve(home, record.text.trim());
}

/**
 * Notes in the home where its cluster is, once that has data. From then on no start makes another one, even if the data
 * cannot be found.
 */
export async function keepRecord(home: string, directory: string): Promise<void> {
  const isInHome = path.dirname(directory) === home;
  // Relative in the home, so that a home may be moved and copied. Root writes nothing into somebody else's home.
  const isOurs = !runsAsRoot() || (await stat(home)).uid === 0;
  if (isOurs) await writeOnce(path.join(home, RECORD), isInHome ? path.basename(directory) : directory);
  if (!isInHome) await writeOnce(path.join(path.dirname(directory), HOME_OF_CLUSTER), home);
}

/** For when the data has been put aside on purpose. */
export async function removeRecord(home: string): Promise<void> {
  await rm(path.join(home, RECORD), { force: true });
}

async function writeOnce(file: string, text: string): Promise<void> {
  if ((await readSmallFile(file))?.text.trim() === text) return;
  await writeFile(`${file}.new`, `${text}\n`, { flush: true });
  await rename(`${file}.new`, file);
}

/**
 * The one place among those that hold data: the recorded one, else the only one.
 *
 * @throws StoryTreeError `database_unavailable` when several hold data and none is recorded, when the recorded one is
 * gone, or when it belongs to the home that this one was copied from.
 */
export async function choosePlace({ home, recorded, holding }: Places): Promise<Place | undefined> {
  const place = holding.find(({ directory }) => directory === recorded);
  if (recorded === undefined) {
    if (holding.length > 1) throw several(await Promise.all(holding.map(describePlace)));
    return holding[0];
  }
  if (place === undefined) throw missing(recorded, path.join(home, RECORD));
  await refuseCopy(home, recorded);
  return place;
}

/** A copy of a home must not share the database of the original, which is not in the home and was not copied. */
async function refuseCopy(home: string, directory: string): Promise<void> {
  if (path.dirname(directory) === home) return;
  const original = (await readSmallFile(path.join(path.dirname(directory), HOME_OF_CLUSTER)))?.text.trim();
  if (original === undefined || original === home || (await readRecord(original)) !== directory) return;
  const [one, other] = await Promise.all([stat(home), stat(original)]);
  if (one.dev === other.dev && one.ino === other.ino) return;
  throw new StoryTreeError(
    'database_unavailable',
    `${home} is a copy of ${original}, whose database is in ${directory}: set STORY_TREE_HOME to the original, or remove ${path.join(home, RECORD)} to start with an empty database.`,
  );
}

/** A place and when it was last used, for sentences. */
export async function describePlace({ directory }: Pick<Place, 'directory'>): Promise<string> {
  const control = await statIfThere(path.join(directory, 'data/global/pg_control')).catch(() => undefined);
  return control === undefined ? directory : `${directory} (last used on ${control.mtime.toISOString().slice(0, 10)})`;
}

/** Clusters that are apart and whose home is not known or no longer there. */
export async function findUnclaimed(): Promise<string[]> {
  const unclaimed: string[] = [];
  for await (const data of glob(`${SYSTEM_DIRECTORY}/*/homes/*/postgres/data`)) {
    const directory = path.dirname(data);
    const home = await readSmallFile(path.join(path.dirname(directory), HOME_OF_CLUSTER)).catch(() => undefined);
    const isThere = home !== undefined && (await statIfThere(home.text.trim()).catch(() => true)) !== undefined;
    if (!isThere) unclaimed.push(directory);
  }
  return unclaimed;
}

function several(descriptions: readonly string[]): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `There is more than one database for this home, in ${descriptions.join(' and in ')}: find out which one has your stories, and rename the folder of the other.`,
  );
}

function missing(recorded: string, record: string): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The database of this home is not in ${recorded} any more: put it back, or remove ${record} to start with an empty one.`,
  );
}

/** Short, and the same for the same text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
