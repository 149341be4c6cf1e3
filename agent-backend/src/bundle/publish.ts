import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { makeFolder, renameDurably } from '../assets/durableFiles.ts';
import { isMissing, isOccupied } from './bundleErrors.ts';
import { readMarker } from './fingerprint.ts';

/** True replaces any bundle of that place, `own` only one that was built there for this very story. */
export type Overwrite = boolean | 'own';

/**
 * Whether a run may put its bundle into a folder, and must replace one for it.
 * @throws StoryTreeError `bundle_exists` when what is there has to stay
 */
export async function mayReplace(folder: string, storyId: string, overwrite: Overwrite): Promise<boolean> {
  if (!(await isThere(folder))) return overwrite !== false;
  if (overwrite === false) throw bundleExists(folder);
  if (overwrite === 'own') {
    if ((await readMarker(folder))?.storyId === storyId) return true;
    throw bundleExists(folder);
  }
  return true;
}

/** How often a place that another run keeps filling is tried again. */
const ATTEMPTS = 3;

/** An empty folder beside the bundle's, on the same file system, so that a rename can put it in place. */
export async function openStaging(folder: string): Promise<string> {
  const staging = besideBundle(folder, 'tmp');
  await makeFolder(path.dirname(folder));
  await mkdir(staging);
  return staging;
}

/**
 * Does short work on a story's files while nobody else can take the story, as `StoryRepositories.whileHeld` does.
 * @throws StoryTreeError `lease_lost` before it began
 */
export type WhileHeld = <T>(work: () => Promise<T>) => Promise<T>;

/** For those whose story nobody else can take anyway. */
export const heldAnyway: WhileHeld = (work) => work();

/**
 * Recovers from runs that were killed. Node cannot exchange two folders in one step, so replacing a bundle moves the old
 * one aside first; a run killed right then leaves the place empty, and the old bundle is put back here. The rest is
 * deleted. Only for the story's one writer, as {@link findLeftovers} says.
 */
export async function recoverBundle(folder: string, whileHeld: WhileHeld = heldAnyway): Promise<void> {
  const doomed = await whileHeld(async () => {
    const leftovers = await findLeftovers(folder);
    const whole = leftovers.find((leftover) => leftover.kind === 'old');
    if (whole !== undefined && !(await isThere(folder))) await moveIfThere(whole.path, folder);
    return await doom(folder, leftovers);
  });
  await removeAll(doomed);
}

/**
 * Puts a finished bundle in its place. Whatever fails, the bundle that was there is there again.
 * @param replace whether a bundle that is there gives way
 * @throws StoryTreeError `bundle_exists` when something is there that does not; `lease_lost`
 */
export async function publishBundle(
  staging: string,
  folder: string,
  { replace, whileHeld = heldAnyway }: { replace: boolean; whileHeld?: WhileHeld | undefined },
): Promise<void> {
  const old = await whileHeld(() => exchange(staging, folder, replace));
  // The new bundle is in place; what cannot be deleted now goes with the next run.
  if (old !== null) {
    await doom(folder, [{ path: old }])
      .then(removeAll)
      .catch(() => undefined);
  }
}

/** Takes a bundle away, with all that runs left beside it. What is gone already is no fault. */
export async function removeBundle(folder: string, whileHeld: WhileHeld = heldAnyway): Promise<void> {
  const doomed = await whileHeld(async () => doom(folder, [{ path: folder }, ...(await findLeftovers(folder))]));
  await removeAll(doomed);
}

export function bundleExists(folder: string): StoryTreeError {
  return new StoryTreeError(
    'bundle_exists',
    `${folder} already exists: run the task with "overwrite" to replace it, or choose another place with "outputPath".`,
    { details: { bundlePath: folder } },
  );
}

/** Whether anything at all has that name, a dangling link included. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** @returns where the bundle that was there lies now; null when there was none */
async function exchange(staging: string, folder: string, replace: boolean): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const old = replace ? await moveAside(folder) : null;
    try {
      if (!replace && (await isThere(folder))) throw bundleExists(folder);
      await renameDurably(staging, folder);
      return old;
    } catch (error) {
      if (old !== null && !(await isThere(folder))) await moveIfThere(old, folder);
      if (!isOccupied(error)) throw error;
      if (!replace || attempt === ATTEMPTS) throw bundleExists(folder);
    }
  }
}

async function moveAside(folder: string): Promise<string | null> {
  const old = besideBundle(folder, 'old');
  return (await moveIfThere(folder, old)) ? old : null;
}

async function moveIfThere(from: string, to: string): Promise<boolean> {
  try {
    await renameDurably(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Renames what is to be deleted: a deletion that is cut short must not leave half a bundle that counts as a whole one, and
 * a run that lost the story must not find what it was building.
 */
async function doom(folder: string, unwanted: readonly { path: string }[]): Promise<string[]> {
  const doomed: string[] = [];
  for (const { path: from } of unwanted) {
    const to = besideBundle(folder, 'tmp');
    if (await moveIfThere(from, to)) doomed.push(to);
  }
  return doomed;
}

/** Long work, so the story need not be held for it. */
async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

/**
 * Folders that a run keeps beside a bundle: `tmp` is unfinished or waits to be deleted, `old` is a whole bundle that
 * was moved aside for the moment in which the new one takes its place.
 */
type LeftoverKind = 'tmp' | 'old';

interface Leftover {
  path: string;
  kind: LeftoverKind;
  /** When it was made, moved or last filled, in milliseconds. */
  touched: number;
}

/** Earlier releases also put the number of a process in front, which says nothing: numbers are given out again. */
const SUFFIX = /^\.(?:\d+-[0-9a-f]{8}-)?[0-9a-f]{8}\.(tmp|old)$/;

/** A new name beside a bundle's folder. */
function besideBundle(folder: string, kind: LeftoverKind): string {
  return path.join(path.dirname(folder), `.${path.basename(folder)}.${randomBytes(4).toString('hex')}.${kind}`);
}

/**
 * What earlier runs left beside a bundle's folder, newest first. Only for the story's one writer: it is the lease that
 * says that nobody else is at work there, and no process id, no age and no lock on this machine could say so.
 */
async function findLeftovers(folder: string): Promise<Leftover[]> {
  const prefix = `.${path.basename(folder)}`;
  const found: Leftover[] = [];
  for (const name of await namesIn(path.dirname(folder))) {
    const [, kind] = (name.startsWith(prefix) && SUFFIX.exec(name.slice(prefix.length))) || [];
    if (kind === undefined) continue;
    const leftover = path.join(path.dirname(folder), name);
    const touched = await touchedAt(leftover);
    if (touched !== null) found.push({ path: leftover, kind: kind as LeftoverKind, touched });
  }
  return found.sort((a, b) => b.touched - a.touched);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Null when it has just gone. The change time, since that alone tells when a folder was moved aside. */
async function touchedAt(leftover: string): Promise<number | null> {
  try {
    return (await lstat(leftover)).ctimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
